// Wiring: settings, clock, ids, store, verbs, pages; then it listens.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import 'virtual:kit-handler';
import type { FastifyBaseLogger } from 'fastify';
import { base, dir, server } from '#@sveltejs/adapter-node';
import { startChores } from './chores.ts';
import { notes, settingsFrom, type Settings } from './config.ts';
import { site } from './web/app.ts';
import { traceOf } from './web/log.ts';
import { islandFolder } from './web/island-files.ts';
import { onTerminal, openCommunity } from './wiring.ts';

/** Milliseconds in which a stopping site still tells others what happened. */
const longestFarewell = 10_000;

/** The islands' built addresses: their names carry a hash, so browsers may keep them for ever. */
function islandsIn(files: string): Record<string, string> {
	const folder = join(files, islandFolder);
	const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
	return Object.fromEntries(names.map((name) => [name.split('.')[0] ?? name, `${base}/${islandFolder}/${name}`]));
}

async function main(settings: Settings) {
	// What is erased again at the start is told before there is anything to log with.
	const later: { log?: FastifyBaseLogger } = {};
	const untold = (problem: unknown) => (later.log ? later.log.error(traceOf(problem), 'open pages were not told') : onTerminal(problem));
	const { db, community, hub, now } = await openCommunity(settings, untold);
	await hub.begin();
	await community.boards.furnish();
	const files = join(dir, `client${base}`);
	const app = await site({ settings, db, community, hub, pages: server, files, islands: islandsIn(files), now });
	later.log = app.log;
	const stopChores = startChores(community, db, {
		failed: (chore, problem) => app.log.error({ ...traceOf(problem), chore }, 'a chore was not done'),
		erased: () => app.log.info({}, 'what was erased is off the disk')
	});
	const address = await app.listen({ port: settings.port, host: settings.host });
	const { port } = new URL(address);
	const origin = settings.port === 0 ? `http://localhost:${port}` : settings.origins[0];
	for (const sentence of notes(settings)) console.log(sentence);
	console.log(
		`Lamplight is lit: ${origin}\nAppoint the first moderator, once they have joined:  npm run staff -- appoint "Quiet Heron" moderator\nFill it with a believable community to look around:   npm run demo`
	);

	const stop = async () => {
		await app.close();
		await stopChores();
		// Where the store stays away, nobody waits for what could not be told.
		await Promise.race([hub.settled(), pause(longestFarewell)]);
		await db.close();
		process.exit(0);
	};
	process.once('SIGINT', () => void stop());
	process.once('SIGTERM', () => void stop());
}

try {
	await main(settingsFrom(process.env));
} catch (problem) {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exit(1);
}
