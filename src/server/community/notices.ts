// What members are told about their posts, their reports and their account, and who answered them.
import { and, desc, eq, inArray, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { shownHow } from '#lib/warnings.ts';
import { author, authorOnly, authorship, byline, nameShown } from './authorship.ts';
import { daysFrom } from './lucia-adapter.ts';
import { titleInstead } from './folding.ts';
import { holdTold, maskHolds } from './mask-holds.ts';
import type { Actor, Means, Reader } from './means.ts';
import { outcomeKinds, replyKinds, type NoticeKind } from './notice-rows.ts';
import { noticeWords } from './notice-words.ts';
import { noticesRead } from './notices-read.ts';
import { oneLook } from './one-look.ts';
import { ownMasks, type OwnMask } from './own-masks.ts';
import type { Preferences } from './preferences.ts';
import { readingMarks } from './reading-marks.ts';
import type { Kept } from './shelf.ts';
import { seenBy, sights, type Sight } from './sight.ts';
import { writeAs } from './write-and-tell.ts';

const most = 100;
/** Of somebody's posts with a mask, so many are looked through for notices. */
const mostMasks = 500;
const isReply = (kind: string) => replyKinds.some((known) => known === kind);

export function notices(means: Means) {
	const { db, now } = means;
	const { notices, posts, postRevisions, threads, members } = db.tables;
	const { wrote } = authorship(means);
	const own = ownMasks(means);
	const marks = readingMarks(means);
	const readBefore = noticesRead(means);
	const holds = maskHolds(means);
	const look = oneLook(means);
	const sightOf = sights(means);

	/** What redacted posts said before, by post and version. */
	async function earlierWords(postIds: string[]) {
		if (postIds.length === 0) return new Map<string, string>();
		const rows = await db.read
			.select({ postId: postRevisions.postId, version: postRevisions.version, body: postRevisions.body })
			.from(postRevisions)
			.where(inArray(postRevisions.postId, postIds));
		return new Map(rows.map(({ postId, version, body }) => [`${postId} ${version}`, body]));
	}

	function rowsWhere(where: SQL | undefined, kinds: readonly NoticeKind[] | undefined) {
		return db.read
			.select({
				id: notices.id,
				forPost: notices.forPost,
				kind: notices.kind,
				postId: notices.postId,
				detail: notices.detail,
				at: notices.at,
				readAt: notices.readAt,
				thread: posts.threadId,
				title: threads.title,
				openingId: threads.openingId,
				boardId: threads.boardId,
				activeAt: threads.activeAt,
				state: posts.state,
				warnings: posts.warnings,
				body: posts.body,
				...byline(db.tables)
			})
			.from(notices)
			.leftJoin(posts, eq(posts.id, notices.postId))
			.leftJoin(threads, eq(threads.id, posts.threadId))
			.leftJoin(members, author(db.tables))
			.where(and(where, kinds && inArray(notices.kind, [...kinds])))
			.orderBy(desc(notices.at), desc(notices.id))
			.limit(most);
	}
	type Row = Awaited<ReturnType<typeof rowsWhere>>[number];

	/**
	 * The newest hundred of a member's, also those for whoever wrote a post with a mask of theirs. What nobody could leave out when it was
	 * written is left out here: that they answered themselves, that they wrote where they follow, and boards they mute.
	 */
	async function rowsOf(actor: Actor, mine: Kept<OwnMask>[], kinds?: readonly NoticeKind[], where?: SQL): Promise<Row[]> {
		const named = await rowsWhere(and(eq(notices.memberId, actor.id), where), kinds);
		if (mine.length === 0) return named;
		const masks = new Map(mine.map(({ value }) => [value.post, value]));
		const masked = await rowsWhere(inArray(notices.forPost, [...masks.keys()].slice(-mostMasks)), kinds);
		const threadOf = ({ forPost }: Row) => masks.get(forPost ?? '')?.thread ?? '';
		const [{ boards: muted }, seen, read] = await Promise.all([
			look(actor),
			marks.findAll(db.read, actor.id, [...new Set(masked.map(threadOf))]),
			readBefore.find(db.read, actor.id)
		]);
		const told = (row: Row) => {
			if (row.kind === 'answered')
				return !wrote(actor, row) && (row.forPost === null || row.boardId === null || !muted.includes(row.boardId));
			return row.kind !== 'followed' || !masks.has(row.detail.post ?? '') || (row.activeAt ?? 0) > row.at;
		};
		// No row says that those were read: the list was read up to them, or the thread was opened since.
		const readAt = (row: Row) => {
			if (row.forPost === null) return row.readAt;
			const opened = isReply(row.kind) ? (seen.get(threadOf(row))?.readAt ?? 0) : 0;
			return row.at <= Math.max(read.upTo, opened) || read.singly.includes(row.id) ? row.at : null;
		};
		return [...named, ...masked]
			.filter(told)
			.map((row) => ({ ...row, readAt: readAt(row) }))
			.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
			.slice(0, most);
	}

	/** Who wrote in which thread, as far as both may be read and this reader wants to meet what they warn of; otherwise neutral words do. */
	async function namesFor(rows: Row[], preferences: Preferences, sight: Sight) {
		const wanted = rows.filter(({ kind }) => isReply(kind));
		const openings = [...new Set(wanted.flatMap(({ openingId }) => openingId ?? []))];
		const found =
			openings.length === 0
				? []
				: await db.read
						.select({ id: posts.id, state: posts.state, folded: posts.folded, warnings: posts.warnings, ...authorOnly(db.tables) })
						.from(posts)
						.where(inArray(posts.id, openings));
		const readable = ({ state, warnings }: Pick<(typeof found)[number], 'state' | 'warnings'>) =>
			state === 'standing' && shownHow(warnings, preferences.warnings, preferences.hardDay) !== 'hide';
		const seen = found.map((row) => seenBy(sight, row));
		const titled = new Set(seen.filter((one) => readable(one) && !titleInstead(one)).map(({ id }) => id));
		return (row: Row): Record<string, string> => {
			const told: Record<string, string> = {};
			if (!isReply(row.kind)) return told;
			if (row.title && row.openingId && titled.has(row.openingId)) told.title = row.title;
			if (
				row.kind === 'answered' &&
				(row.name ?? row.alias) !== null &&
				row.state &&
				readable({ state: row.state, warnings: row.warnings ?? [] })
			)
				told.name = nameShown(row);
			if (row.detail.post === row.openingId) told.story = 'yes';
			if (row.state !== 'standing') told.gone = 'yes';
			return told;
		};
	}

	/** Where a notice leads: never to a post that this member cannot read. */
	function hrefOf(row: Row, actor: Actor): string | undefined {
		const { kind, thread, postId, state, detail } = row;
		if (kind === 'cheered') return '/journey';
		if (thread === null || (state !== 'standing' && !wrote(actor, row))) return undefined;
		const post = kind === 'followed' ? (detail.post ?? postId) : postId;
		return `/threads/${thread}?post=${post}#p-${post}`;
	}

	/** The newest hundred, newest first. `copy` are the member's own words where others can no longer read them. */
	async function list(actor: Actor, preferences: Preferences, kinds?: readonly NoticeKind[]) {
		const at = now();
		const [sight, found] = await Promise.all([sightOf(actor), own.all(db.read, actor.id).then((mine) => rowsOf(actor, mine, kinds))]);
		const rows = found.map((row) => seenBy(sight, row));
		const decidedRows = rows.filter((row) => row.kind === 'post_decided' && wrote(actor, row));
		const [earlier, names] = await Promise.all([
			earlierWords(decidedRows.filter(({ detail }) => detail.action === 'redact').flatMap(({ postId }) => postId ?? [])),
			namesFor(rows, preferences, sight)
		]);
		return rows.map((row) => {
			const { id, kind, postId, detail, at: then, readAt, state, body } = row;
			const decided = kind === 'post_decided' && wrote(actor, row);
			const removed = decided && detail.action === 'remove' && state === 'removed' && body !== null ? body : undefined;
			const redacted = decided && detail.action === 'redact' ? earlier.get(`${postId} ${detail.version}`) : undefined;
			const told = {
				id,
				at: then,
				age: coarseAge(then, at),
				...noticeWords(kind, { ...detail, ...names(row) }),
				href: hrefOf(row, actor),
				copy: removed ?? redacted
			};
			return { ...told, unread: readAt === null };
		});
	}

	/** What moderation decided. What holds over a mask is said also where its notice went with the post. */
	async function forMember(actor: Actor) {
		const nothing = { country: undefined, hardDay: false, warnings: {} };
		const [found, standing] = await Promise.all([list(actor, nothing, outcomeKinds), holds.standing(db.read, actor.id, now())]);
		const told = found.map(({ unread: _, ...one }) => one);
		const held = standing
			.map((hold) => ({ ...noticeWords('sanction', holdTold(hold)), id: hold.decision }))
			.filter(({ text }) => !told.some((one) => one.text === text));
		return [...held.map((one) => ({ ...one, at: now(), age: 'Holds now', href: undefined, copy: undefined })), ...told];
	}

	const oneUnread = db.prepare(() =>
		db.read
			.select({ id: notices.id })
			.from(notices)
			.where(and(eq(notices.memberId, sql.placeholder('member')), isNull(notices.readAt)))
			.limit(1)
	);

	/** Only whether there is something: nothing here is counted. What this very request read is read. */
	async function unread(reader: Reader): Promise<boolean> {
		if (!reader) return false;
		const [mine, { notice }] = await Promise.all([own.of(reader), look(reader)]);
		if (mine.length === 0) return notice.length > 0 && (await oneUnread({ member: reader.id })).length > 0;
		return (await rowsOf(reader, mine, undefined, isNull(notices.readAt))).some(({ readAt }) => readAt === null);
	}

	/** Marks these as read, or all up to the one that stood at the top of the page: what came since stays unread. */
	async function read(actor: Actor, what: string[] | { upTo: string }) {
		const at = now();
		const singly = Array.isArray(what) ? what : [];
		const upTo = await writeAs(db, actor, async (tx) => {
			const mine = await own.all(tx, actor.id);
			const named = eq(notices.memberId, actor.id);
			const masked = inArray(notices.forPost, mine.map(({ value }) => value.post).slice(-mostMasks));
			const [newest] = Array.isArray(what)
				? []
				: await tx
						.select({ id: notices.id, at: notices.at })
						.from(notices)
						.where(and(mine.length > 0 ? or(named, masked) : named, eq(notices.id, what.upTo)));
			const which = newest
				? or(lt(notices.at, newest.at), and(eq(notices.at, newest.at), lte(notices.id, newest.id)))
				: inArray(notices.id, singly);
			await tx
				.update(notices)
				.set({ readAt: daysFrom(at, 0) })
				.where(and(named, isNull(notices.readAt), which));
			return newest?.at ?? 0;
		});
		// A write of its own: what is written together can be told from the rest.
		await writeAs(db, actor, (tx) => readBefore.add(tx, actor.id, { upTo, singly }));
	}

	return { list, forMember, unread, read };
}
