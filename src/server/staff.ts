// npm run staff -- appoint "Quiet Heron" moderator
import { settingsFrom } from './config.ts';
import { openCommunity } from './wiring.ts';

const usage = 'Usage: npm run staff -- appoint "Quiet Heron" moderator      (roles: member, greeter, moderator, administrator)';

async function appoint(name: string, role: string) {
	const { db, community } = await openCommunity(settingsFrom(process.env));
	try {
		const appointed = await community.members.appoint(name, role);
		console.log(`${appointed.name} is now ${appointed.role}.`);
	} finally {
		await db.close();
	}
}

const [verb, name, role, ...rest] = process.argv.slice(process.argv.indexOf('staff') + 1);
try {
	if (verb !== 'appoint' || !name || !role || rest.length > 0) throw new Error(usage);
	await appoint(name, role);
} catch (problem) {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
}
