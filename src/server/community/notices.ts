// What members are told about their posts, their reports and their account, and who answered them.
import { and, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { shownHow } from '#lib/warnings.ts';
import { author, authorship, byline, nameShown } from './authorship.ts';
import type { Actor, Means, Reader } from './means.ts';
import { outcomeKinds, replyKinds, type NoticeKind } from './notice-rows.ts';
import { noticeWords } from './notice-words.ts';
import type { Preferences } from './preferences.ts';

const most = 100;
const isReply = (kind: string) => replyKinds.some((known) => known === kind);

export function notices(means: Means) {
	const { db, now } = means;
	const { notices, posts, postRevisions, threads, members } = db.tables;
	const { wrote } = authorship(means);

	/** What redacted posts said before, by post and version. */
	async function earlierWords(postIds: string[]) {
		if (postIds.length === 0) return new Map<string, string>();
		const rows = await db.read
			.select({ postId: postRevisions.postId, version: postRevisions.version, body: postRevisions.body })
			.from(postRevisions)
			.where(inArray(postRevisions.postId, postIds));
		return new Map(rows.map(({ postId, version, body }) => [`${postId} ${version}`, body]));
	}

	function rowsOf(actor: Actor, kinds: readonly NoticeKind[] | undefined) {
		return db.read
			.select({
				id: notices.id,
				kind: notices.kind,
				postId: notices.postId,
				detail: notices.detail,
				at: notices.at,
				readAt: notices.readAt,
				thread: posts.threadId,
				title: threads.title,
				openingId: threads.openingId,
				state: posts.state,
				warnings: posts.warnings,
				body: posts.body,
				...byline(db.tables)
			})
			.from(notices)
			.leftJoin(posts, eq(posts.id, notices.postId))
			.leftJoin(threads, eq(threads.id, posts.threadId))
			.leftJoin(members, author(db.tables))
			.where(and(eq(notices.memberId, actor.id), kinds && inArray(notices.kind, [...kinds])))
			.orderBy(desc(notices.at), desc(notices.id))
			.limit(most);
	}
	type Row = Awaited<ReturnType<typeof rowsOf>>[number];

	/** Who wrote in which thread, as far as both may be read and this reader wants to meet what they warn of; otherwise neutral words do. */
	async function namesFor(rows: Row[], preferences: Preferences) {
		const wanted = rows.filter(({ kind }) => isReply(kind));
		const openings = [...new Set(wanted.flatMap(({ openingId }) => openingId ?? []))];
		const found =
			openings.length === 0
				? []
				: await db.read
						.select({ id: posts.id, state: posts.state, warnings: posts.warnings })
						.from(posts)
						.where(inArray(posts.id, openings));
		const readable = ({ state, warnings }: Pick<(typeof found)[number], 'state' | 'warnings'>) =>
			state === 'standing' && shownHow(warnings, preferences.warnings, preferences.hardDay) !== 'hide';
		const titled = new Set(found.filter(readable).map(({ id }) => id));
		return (row: Row): Record<string, string> => {
			const told: Record<string, string> = {};
			if (!isReply(row.kind)) return told;
			if (row.title && row.openingId && titled.has(row.openingId)) told.title = row.title;
			if (row.kind === 'answered' && row.name !== null && row.state && readable({ state: row.state, warnings: row.warnings ?? [] }))
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
		const rows = await rowsOf(actor, kinds);
		const own = rows.filter((row) => row.kind === 'post_decided' && wrote(actor, row));
		const [earlier, names] = await Promise.all([
			earlierWords(own.filter(({ detail }) => detail.action === 'redact').flatMap(({ postId }) => postId ?? [])),
			namesFor(rows, preferences)
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

	/** What moderation decided. */
	async function forMember(actor: Actor) {
		const nothing = { country: undefined, hardDay: false, warnings: {} };
		return (await list(actor, nothing, outcomeKinds)).map(({ unread: _, ...told }) => told);
	}

	const oneUnread = db.prepare(() =>
		db.read
			.select({ id: notices.id })
			.from(notices)
			.where(and(eq(notices.memberId, sql.placeholder('member')), isNull(notices.readAt)))
			.limit(1)
	);

	/** Only whether there is something: nothing here is counted. */
	async function unread(reader: Reader): Promise<boolean> {
		return reader !== undefined && (await oneUnread({ member: reader.id })).length > 0;
	}

	/** Marks these as read, or all up to the one that stood at the top of the page: what came since stays unread. */
	async function read(actor: Actor, what: string[] | { upTo: string }) {
		const own = eq(notices.memberId, actor.id);
		await db.write(async (tx) => {
			const which = Array.isArray(what) ? inArray(notices.id, what) : await upTo(what.upTo);
			if (which)
				await tx
					.update(notices)
					.set({ readAt: now() })
					.where(and(own, isNull(notices.readAt), which));

			async function upTo(id: string) {
				const [newest] = await tx
					.select({ at: notices.at })
					.from(notices)
					.where(and(own, eq(notices.id, id)));
				return newest && or(lt(notices.at, newest.at), and(eq(notices.at, newest.at), lte(notices.id, id)));
			}
		});
	}

	return { list, forMember, unread, read };
}
