// npm run disclose -- "Quiet Heron": everything this site holds about a member, and so everything it could hand over.
import type { Community } from './community/community.ts';
import { settingsFrom } from './config.ts';
import { plainRows } from './community/held-plain.ts';
import { beside, heading, textRows } from './disclosure.ts';
import { onTerminal, openCommunity } from './wiring.ts';

const usage =
	'Usage: npm run disclose -- "Quiet Heron"      (with --json for a file that programs read: npm run -s disclose -- "Quiet Heron" --json)';

/** Written row by row: a long life here does not fill the memory. */
async function tell({ held }: Community, member: { id: string; name: string }) {
	console.log(`Everything this site holds about ${member.name}.`);
	let under = '';
	for await (const some of held.rows(member.id, 'operator')) {
		if (heading(some) !== under) console.log(heading(some));
		under = heading(some);
		console.log(textRows(some));
	}
	console.log(beside(held.besides()));
}

async function tellJson({ held }: Community, member: { id: string; name: string }) {
	let first = true;
	process.stdout.write(`{"name":${JSON.stringify(member.name)},"held":[`);
	for await (const some of held.rows(member.id, 'operator')) {
		const { table, what, kept } = some;
		process.stdout.write(`${first ? '' : ','}\n${JSON.stringify({ table, what, kept, rows: plainRows(some) })}`);
		first = false;
	}
	const { copies, sealed, never } = held.besides();
	process.stdout.write(`\n],"copies":${JSON.stringify(copies)},"sealed":${JSON.stringify(sealed)},"notHeld":${JSON.stringify(never)}}\n`);
}

const words = process.argv.slice(process.argv.indexOf('disclose') + 1);
const [name, ...rest] = words.filter((word) => word !== '--json');
try {
	if (!name || rest.length > 0) throw new Error(usage);
	const { db, community } = await openCommunity(settingsFrom(process.env), onTerminal);
	try {
		const member = await community.held.find(name);
		if (!member) throw new Error(`Nobody here is called "${name}". Please write the whole name as it is shown, in quotes: "Quiet Heron".`);
		await (words.includes('--json') ? tellJson : tell)(community, member);
	} finally {
		await db.close();
	}
} catch (problem) {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
}
