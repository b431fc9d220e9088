// npm run demo: a believable community, told through the real verbs with a clock of its own.
import { eq } from 'drizzle-orm';
import { encouragementWords } from '#lib/encouragements.ts';
import type { Actor } from './community/means.ts';
import { settingsFrom } from './config.ts';
import { lightLanterns } from './demo/lanterns.ts';
import { demoPassphrase, joinAll } from './demo/people.ts';
import reported from './demo/reported.json' with { type: 'json' };
import { everybody, moments, type Moment } from './demo/scenes.ts';
import { onTerminal, openCommunity, type Opened } from './wiring.ts';

const minute = 60_000;
const kinds = Object.keys(encouragementWords);

/** A small generator with a fixed start: the demo looks the same each time. */
function dice(seed: number) {
	let state = seed;
	return (below: number) => {
		state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return Math.floor((state / 4_294_967_296) * below);
	};
}

async function tellEverything({ community, db }: Opened, setClock: (at: number) => void, present: number) {
	const roll = dice(7);
	setClock(present - 90 * 24 * 60 * minute);
	const people = await joinAll(community, [...everybody(), 'moderator', 'second', 'administrator']);
	const person = (key: string): Actor => people.get(key) ?? fail(`the demo knows no ${key}`);
	const staff = async (key: string, role: 'moderator' | 'administrator') =>
		people.set(key, await community.members.appoint(person(key).name, role));
	await staff('moderator', 'moderator');
	await staff('second', 'moderator');
	await staff('administrator', 'administrator');

	const posted = new Map<string, { thread: string; post: string }>();
	const encouragers = [...people.keys()];
	for (const moment of moments()) {
		setClock(present - moment.minutesAgo * minute);
		const place = await write(moment);
		posted.set(moment.id, place);
		for (let i = roll(moment.parent ? 7 : 34); i > 0; i--) {
			const actor = person(encouragers[roll(encouragers.length)] ?? '');
			if (actor.id !== person(moment.by).id)
				await community.encouragements.encourage(actor, place.post, kinds[roll(kinds.length)] ?? 'with_you', true);
		}
	}

	async function write({ id, story, parent, by, board, title, body, warnings }: Moment) {
		const common = { body, warnings, key: `demo-${id.replaceAll('.', '-')}`, anyway: true };
		if (!parent) return community.threads.open(person(by), board, { ...common, title });
		const thread = posted.get(story)?.thread ?? fail(`no thread for ${id}`);
		const { post } = await community.posts.reply(person(by), { ...common, thread, parent: posted.get(parent)?.post });
		return { thread, post };
	}

	for (const scene of [...reported].sort((one, other) => other.hoursAgo - one.hoursAgo)) {
		const host = moments().find((moment) => moment.board === scene.board && !moment.parent && moment.minutesAgo > scene.hoursAgo * 60);
		const thread = posted.get(host?.id ?? '')?.thread ?? fail(`no story on ${scene.board} is older than ${scene.hoursAgo} h`);
		setClock(present - scene.hoursAgo * 60 * minute);
		const { post } = await community.posts.reply(person(scene.by), { thread, body: scene.body, warnings: [], anyway: true });
		for (const report of scene.reports) {
			setClock(present - scene.hoursAgo * 60 * minute + 7 * minute);
			await community.reports.report(person(report.by), { post, reason: report.reason, note: report.note, suggested: [] });
		}
		const moderator = person('moderator');
		const { cases } = db.tables;
		const [found = fail('the report opened no case')] = await db.read.select({ id: cases.id }).from(cases).where(eq(cases.postId, post));
		if (scene.claim) {
			setClock(present - minute);
			await community.cases.claim(person('second'), found.id);
		}
		if (scene.decision) {
			setClock(present - scene.hoursAgo * 60 * minute + 40 * minute);
			const { version } = await community.cases.theCase(moderator, found.id);
			await community.decisions.decide(moderator, found.id, {
				...scene.decision,
				version,
				privateReason: '',
				duration: undefined,
				warnings: []
			});
			setClock(present - scene.hoursAgo * 60 * minute + 42 * minute);
			await community.decisions.applyDue();
		}
	}
	await lightLanterns(community, person, [...people.values()].slice(0, 36), setClock, present, roll);
	setClock(present);
	const { threads, posts, cases } = db.tables;
	const closed = await db.read.$count(cases, eq(cases.state, 'closed'));
	const [stories, all, opened] = await Promise.all([db.read.$count(threads), db.read.$count(posts), db.read.$count(cases)]);
	const found = `${stories} stories, ${all - stories} answers, ${people.size} members, ${opened - closed} open and ${closed} closed cases.`;
	const roles = [
		['p01', 'member'],
		['moderator', 'moderator'],
		['administrator', 'administrator']
	] as const;
	const names = roles.map(([key, role]) => `  ${person(key).name} (${role})`).join('\n');
	console.log(`${found}\nSign in with the passphrase "${demoPassphrase}" as\n${names}`);
}

function fail(sentence: string): never {
	throw new Error(sentence);
}

async function main() {
	const settings = settingsFrom(process.env);
	const present = Date.now();
	let clock = present;
	const opened = await openCommunity(settings, onTerminal, () => clock);
	try {
		await opened.community.boards.furnish();
		// Everybody in the demo shares one published passphrase: it must never stand beside real people.
		if ((await opened.db.read.$count(opened.db.tables.members)) > 0)
			throw new Error('There are members here already. The demo only fills an empty site.');
		if (settings.origins.length === 1)
			throw new Error('The demo is for looking around on your own machine: it only runs where ORIGIN is on loopback.');
		console.log('Writing the demo (about a minute) …');
		await tellEverything(opened, (at) => (clock = Math.round(at)), present);
		await opened.db.analyse();
	} finally {
		await opened.hub.settled();
		await opened.db.close();
	}
}

try {
	await main();
} catch (problem) {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
}
