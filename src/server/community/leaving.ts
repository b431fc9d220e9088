// Leaving for good: asked once, written down outside the store, erased in one write, and then pressed off the disk.
import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { allKinds, isKept, type Kept } from '#lib/leaving-choices.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { authorship } from './authorship.ts';
import { casesErased } from './case-erased.ts';
import { applyBeforeErasing } from './decision-applying.ts';
import { letEvidenceGo } from './erasing-evidence.ts';
import { eraseMember, leaveSearch } from './erasing-members.ts';
import { erasePosts } from './erasing-posts.ts';
import { erasedNames } from './erased-names.ts';
import { dayOf } from './lucia-adapter.ts';
import { noErasures, noSealer, type Actor, type Erasure, type Means } from './means.ts';
import type { Members } from './members.ts';
import { ownMasks } from './own-masks.ts';
import { postToWrite } from './reading.ts';
import { readingMarks } from './reading-marks.ts';
import { clearShelves } from './shelves.ts';
import { openAuthor, openWaiting } from './waiting-masks.ts';
import { requireHere, writeAndTell, type Moment } from './write-and-tell.ts';

/** Erased is promised to be off the disk by then. */
const promisedWithin = 15 * 60_000;
const complainEvery = 60_000;
/** Taking things off the disk reads or writes all of it: after the first, those that follow soon share one. */
const gatherFor = 5 * 60_000;
/**
 * On a large store it takes long, and on SQLite whoever writes waits or is refused: so they do for one part in a hundred of the time at most,
 * also where a reader was in the way at the end. Never longer than a day, for a clock that jumps.
 */
const timesAsLong = 100;
const day = 24 * 60 * 60_000;
/** Lines of the list that are looked for at one go. */
const atOnce = 500;

/** As typed: a choice for each kind, and the passphrase once more. */
export type LeavingTyped = { passphrase: string; choices: Partial<Record<Kept, string>> };

function parseChoices(choices: LeavingTyped['choices']): Kept[] {
	const unsaid = allKinds.filter((kind) => !['keep', 'erase'].includes(choices[kind] ?? ''));
	const problems = unsaid.map((kind) => [kind, 'Please choose one of the two.']);
	if (problems.length > 0) throw new Invalid(Object.fromEntries(problems));
	return allKinds.filter((kind) => choices[kind] === 'keep');
}

export function leaving(means: Means, { stepUp }: Pick<Members, 'stepUp'>) {
	const { db, now, newId, sealer = noSealer, erasures = noErasures } = means;
	const { members, posts, waitingMasks, erasings } = db.tables;
	const names = erasedNames(means);
	const own = ownMasks(means);
	const { wrote } = authorship(means);
	/** Asked for and written down, but the write failed: the chore tries again. */
	const unfinished = new Set<Erasure>();
	let complainedAt = 0;
	/** Not before. */
	let scrubAt = 0;
	/** Those that wait for it and are out of the log. */
	let outOfLog = new Set<string>();

	/** The list of erasures first: if the site dies now, the next start does what was asked. */
	async function carryOut(erasure: Erasure) {
		try {
			erasures.note(erasure);
		} catch (problem) {
			if (!(problem instanceof Refusal)) throw problem;
			// The list may lie on the store's own full disk, where room is kept for this.
			db.makeRoom();
			erasures.note(erasure);
		}
		unfinished.add(erasure);
		await carryThrough(erasure);
	}
	async function carryThrough(erasure: Erasure) {
		await erase([erasure]);
		unfinished.delete(erasure);
	}

	/** Throws `Invalid` for a choice that was not made (field: its kind) or a passphrase that does not fit (field `again`). */
	async function leave(actor: Actor, { passphrase, choices }: LeavingTyped): Promise<void> {
		const kept = parseChoices(choices);
		await stepUp(actor, { passphrase });
		const [found] = await db.read.select({ tombstone: members.tombstone }).from(members).where(eq(members.id, actor.id));
		// Two tabs: the other one was first.
		if (!found) return;
		if (!found.tombstone) throw new Error('This account has no tombstone.');
		// Asked before, and it was busy: what was chosen first stands in the list, and half of it may be done.
		const asked = [...unfinished].find((one) => 'member' in one && one.member === found.tombstone);
		await (asked ? carryThrough(asked) : carryOut({ on: dayOf(now()), member: found.tombstone, kept }));
	}

	/** One's own post that was taken back before: its words can never be put back. Doing it twice changes nothing. */
	async function erasePost(actor: Actor, postId: string): Promise<void> {
		await requireHere(db.read, db.tables, actor.id);
		const post = await postToWrite(db.read, db.tables, undefined, postId);
		if (post.state === 'erased') return;
		if (!wrote(actor, post)) throw new Refusal('not_allowed');
		if (post.state !== 'withdrawn') throw new Refusal('stale');
		await carryOut({ on: dayOf(now()), post: postId });
	}

	/** Erases what of these is still in the store. Answers whether anything was. */
	async function erase(asked: Erasure[]): Promise<boolean> {
		// Whoever stands there twice chose with the first line.
		const leaving = asked.toReversed().flatMap((one) => ('member' in one ? [one] : []));
		const tombstones = new Map(leaving.map(({ member, kept }) => [member, kept.filter(isKept)]));
		const single = asked.flatMap((one) => ('post' in one ? [one.post] : []));
		const who = { id: members.id, tombstone: members.tombstone };
		const people = tombstones.size === 0 ? [] : await db.read.select(who).from(members).where(among(tombstones));
		const words = single.length === 0 ? [] : await db.read.select({ id: posts.id }).from(posts).where(unerased(single));
		const masks = await behindMasks(single);
		if (people.length === 0 && words.length === 0 && masks.waiting.length === 0) return false;
		// First: who wrote them stands sealed in what is erased next, and a next try finds it only while that is there.
		await unlist(masks.authors);
		for (const { id, tombstone } of people) {
			await leaveSearch(means, id, tombstones.get(tombstone ?? '') ?? []);
			await db.writingMuch(() => writeAndTell(means, (tx, moment) => eraseThem(tx, moment, id)));
		}
		if (words.length > 0) await db.writingMuch(() => writeAndTell(means, eraseThese));
		if (masks.waiting.length > 0) await db.write(eraseWaiting);
		return true;

		/** From a backup that was taken before it was shown: the next second would show it again. */
		async function eraseWaiting(tx: Queries) {
			await tx.delete(waitingMasks).where(inArray(waitingMasks.id, masks.waiting));
			await tx.insert(erasings).values({ id: newId(), askedAt: now() });
		}
		async function eraseThem(tx: Queries, moment: Moment, id: string) {
			const columns = { name: members.nameFolded, tombstone: members.tombstone };
			const [member] = await tx.select(columns).from(members).where(eq(members.id, id));
			if (!member) return;
			await names.remember(tx, [member.name]);
			// Found by the threads there are: before any goes.
			await readingMarks(means).dropAll(tx, id);
			const kept = tombstones.get(member.tombstone ?? '') ?? [];
			await eraseMember(tx, means, moment, id, kept);
			await clearShelves(means, tx, id, kept.includes('masks'));
			moment.tells.push({ type: 'words.erased' });
			await tx.insert(erasings).values({ id: newId(), askedAt: moment.at });
		}
		async function eraseThese(tx: Queries, moment: Moment) {
			const here = (await tx.select({ id: posts.id }).from(posts).where(unerased(single))).map(({ id }) => id);
			await applyBeforeErasing(tx, means, moment, here);
			await casesErased(tx, means, moment, here);
			await erasePosts(tx, db, moment, here);
			moment.tells.push({ type: 'words.erased' });
			await tx.insert(erasings).values({ id: newId(), askedAt: moment.at });
		}
	}

	/** Which of these wait behind a mask, and who wrote those that have one. */
	async function behindMasks(ids: string[]) {
		if (ids.length === 0) return { waiting: [], authors: [] };
		const waiting = await db.read
			.select({ id: waitingMasks.id, sealed: waitingMasks.sealed })
			.from(waitingMasks)
			.where(inArray(waitingMasks.id, ids));
		const shown = await db.read
			.select({ id: posts.id, sealed: posts.sealedAuthor })
			.from(posts)
			.where(and(inArray(posts.id, ids), isNotNull(posts.sealedAuthor)));
		const authors = [
			...waiting.map((row) => ({ post: row.id, member: openWaiting(sealer, row).author })),
			...shown.map(({ id, sealed }) => ({ post: id, member: openAuthor(sealer, id, sealed ?? '') ?? '' }))
		];
		return { waiting: waiting.map(({ id }) => id), authors };
	}

	/** In writes of their own: beside the posts' rows in the log of the store, theirs would be known for the lists of masks they are. */
	async function unlist(authors: { post: string; member: string }[]) {
		for (const { post, member } of authors) {
			const mine = (await own.all(db.read, member)).filter(({ value }) => value.post === post).map(({ tag }) => tag);
			if (mine.length > 0) await db.write((tx) => own.drop(tx, mine));
		}
	}
	const among = (tombstones: Map<string, Kept[]>) => inArray(members.tombstone, [...tombstones.keys()]);
	const unerased = (ids: string[]) => and(inArray(posts.id, ids), ne(posts.state, 'erased'));

	/** Before anything is served: an old backup may hold again what was erased since. */
	async function replay(): Promise<void> {
		const all = erasures.all();
		for (let from = 0; from < all.length; from += atOnce) await erase(all.slice(from, from + atOnce));
	}

	/**
	 * Called each second until what was erased is off the disk. Answers whether that has just become certain; throws, once a minute, where it
	 * takes longer than promised.
	 */
	async function finish(): Promise<boolean> {
		for (const erasure of unfinished) await carryThrough(erasure);
		await letGoOfEvidence();
		const waiting = await db.read.select({ id: erasings.id, askedAt: erasings.askedAt }).from(erasings);
		if (waiting.length === 0) return false;
		const began = now();
		if (began < scrubAt) {
			// Until the next rewriting only copies are left that a page split made.
			if (waiting.some(({ id }) => !outOfLog.has(id)) && (await db.checkpoint())) outOfLog = new Set(waiting.map(({ id }) => id));
			return false;
		}
		// Where it fails for another reason than a reader, a second later nothing is different.
		scrubAt = began + complainEvery;
		const scrubbed = await db.scrub();
		const after = Math.min(timesAsLong * (now() - began), day);
		scrubAt = now() + (scrubbed ? Math.max(gatherFor, after) : after);
		if (scrubbed) {
			const done = waiting.map(({ id }) => id);
			await db.write((tx) => tx.delete(erasings).where(inArray(erasings.id, done)));
			return true;
		}
		const oldest = Math.min(...waiting.map(({ askedAt }) => askedAt));
		if (now() - oldest < promisedWithin || now() - complainedAt < complainEvery) return false;
		complainedAt = now();
		throw new Error('What was erased could not be taken off the disk in 15 minutes: some program reads the database for too long.');
	}

	async function letGoOfEvidence() {
		const { keptEvidence, reports, cases } = db.tables;
		const due = await db.read
			.select({ id: keptEvidence.reportId })
			.from(keptEvidence)
			.innerJoin(reports, eq(reports.id, keptEvidence.reportId))
			.innerJoin(cases, and(eq(cases.id, reports.caseId), eq(cases.state, 'closed')))
			.limit(1);
		if (due.length === 0) return;
		await db.write(async (tx) => {
			if ((await letEvidenceGo(tx, db.tables)) > 0) await tx.insert(erasings).values({ id: newId(), askedAt: now() });
		});
	}

	return { leave, erasePost, replay, finish };
}
