// What pages are handed under `vite dev`: the same store and verbs, and the islands as Vite serves them.
import { settingsFrom } from './config.ts';
import { startChores } from './chores.ts';
import { islandNames } from './web/island-files.ts';
import { onTerminal, openCommunity } from './wiring.ts';

const settings = settingsFrom({ ...process.env, ORIGIN: process.env.ORIGIN ?? 'http://localhost:5173' });
const opened = open();

async function open() {
	const services = await openCommunity(settings, onTerminal);
	await services.community.boards.furnish();
	// A reload of this file leaves the old chores behind with their store: both are idle and small, and end with the process.
	startChores(services.community, services.db, {
		failed: (chore, problem) => console.error(chore, problem),
		erased: () => console.log('What was erased is off the disk.')
	});
	return services;
}

export async function platform(): Promise<Omit<App.Platform, 'req'>> {
	const { community } = await opened;
	return {
		community,
		settings,
		islands: Object.fromEntries(islandNames.map((name) => [name, `/src/lib/islands/${name}.ts`])),
		secure: false,
		seen: { route: null },
		passing: () => undefined,
		reportBug(problem) {
			console.error(problem);
			return 'development';
		}
	};
}
