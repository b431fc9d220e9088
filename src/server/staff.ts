// npm run staff -- appoint "Quiet Heron" moderator
// npm run staff -- invite 10 7
import { settingsFrom } from './config.ts';
import type { Community } from './community/community.ts';
import { onTerminal, openCommunity } from './wiring.ts';

const usage = `Usage: npm run staff -- appoint "Quiet Heron" moderator      (roles: member, greeter, moderator, administrator)
       npm run staff -- invite                               (an invitation for one person, for 14 days)
       npm run staff -- invite 10 7                          (for ten people, for 7 days)`;

const commands: Record<string, (community: Community, ...words: string[]) => Promise<string>> = {
	async appoint({ members }, name = '', role = '') {
		if (!name || !role) throw new Error(usage);
		const appointed = await members.appoint(name, role);
		return `${appointed.name} is now ${appointed.role}.`;
	},
	async invite({ doorstep }, uses = '1', days = '14') {
		const code = await doorstep.invite('operator', { uses: Number(uses), days: Number(days) });
		return `${code}\nIt is shown this once. Whoever has it can join at /join${Number(uses) > 1 ? `, ${uses} people in all` : ''}.`;
	}
};

const [verb = '', ...words] = process.argv.slice(process.argv.indexOf('staff') + 1);
try {
	const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
	if (!command || words.length > 2) throw new Error(usage);
	const { db, community } = await openCommunity(settingsFrom(process.env), onTerminal);
	try {
		console.log(await command(community, ...words));
	} finally {
		await db.close();
	}
} catch (problem) {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
}
