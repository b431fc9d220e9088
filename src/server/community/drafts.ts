// Drafts: what a member is writing, one a place, kept as typed until it is posted or let go.
import { and, asc, count, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { isWarning } from '#lib/warnings.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorship } from './authorship.ts';
import { listDrafts } from './draft-list.ts';
import { answerPlace, formAt, partsOf, thePlace } from './draft-places.ts';
import type { Actor, Means, Reader } from './means.ts';
import { justPosted } from './writing.ts';

type Typed = {
	place: string;
	title: string;
	body: string;
	warnings: string[];
	/** The form's own key or version: what comes in late, after the form was posted, is not kept again. */
	key?: string | undefined;
	version?: number | undefined;
};

export function drafts(means: Means) {
	const { db, now, newId } = means;
	const { drafts, posts } = db.tables;
	const own = authorship(means);
	const words = { place: drafts.place, title: drafts.title, body: drafts.body, warnings: drafts.warnings, keptAt: drafts.keptAt };
	const at = (actor: Actor, place: string) => and(eq(drafts.memberId, actor.id), eq(drafts.place, place));

	/** Keeps what stands in the form, in place of what was kept for it before; an empty form lets its draft go. `form` leads back to it. */
	async function keep(actor: Actor, typed: Typed): Promise<{ kept: boolean; form: string }> {
		const { place } = await thePlace(db.read, db.tables, own, actor, typed.place);
		const { title, body, warnings } = parse(typed);
		return db.write(async (tx) => {
			const { form, boardId, post, edits } = await thePlace(tx, db.tables, own, actor, place);
			const unchanged =
				edits &&
				post?.body === body &&
				(title === '' || title === post.title) &&
				[...warnings].sort().join() === [...post.warnings].sort().join();
			const empty = title.trim() === '' && body.trim() === '';
			if (
				empty ||
				unchanged ||
				(await justPosted(tx, db.tables, actor, { key: typed.key, edits: edits ? post?.id : undefined, version: typed.version }, now()))
			) {
				await tx.delete(drafts).where(at(actor, place));
				return { kept: false, form };
			}
			const kept = { title, body, warnings, keptAt: now() };
			await tx
				.insert(drafts)
				.values({ id: newId(), memberId: actor.id, place, boardId, ...kept })
				.onConflictDoUpdate({ target: [drafts.memberId, drafts.place], set: kept });
			await letOldestGo(tx, actor);
			return { kept: true, form };
		});
	}

	async function letOldestGo(tx: Queries, actor: Actor) {
		const own = eq(drafts.memberId, actor.id);
		const [kept] = await tx.select({ number: count() }).from(drafts).where(own);
		const excess = (kept?.number ?? 0) - limits.drafts;
		if (excess <= 0) return;
		const oldest = await tx.select({ id: drafts.id }).from(drafts).where(own).orderBy(asc(drafts.keptAt), asc(drafts.id)).limit(excess);
		await tx.delete(drafts).where(
			inArray(
				drafts.id,
				oldest.map(({ id }) => id)
			)
		);
	}

	const view = ({ keptAt, ...kept }: { place: string; title: string; body: string; warnings: string[]; keptAt: number }) => ({
		...kept,
		age: coarseAge(keptAt, now())
	});

	async function find(reader: Reader, place: string) {
		if (!reader) return undefined;
		const [found] = await db.read.select(words).from(drafts).where(at(reader, place));
		return found && view(found);
	}

	const placesOf = db.prepare(() =>
		db.read
			.select({ place: drafts.place })
			.from(drafts)
			.where(eq(drafts.memberId, sql.placeholder('member')))
	);

	/** All that this reader is writing in one thread, by place. */
	async function inThread(reader: Reader, thread: string) {
		if (!reader) return [];
		const places = await placesOf({ member: reader.id });
		const here = places.map(({ place }) => place).filter((place) => partsOf(place)?.thread === thread);
		if (here.length === 0) return [];
		const found = await db.read
			.select(words)
			.from(drafts)
			.where(and(eq(drafts.memberId, reader.id), inArray(drafts.place, here)));
		return found.map(view);
	}

	/** Also where the place itself is no longer open. Returns the page with the form, empty now. */
	async function letGo(actor: Actor, typed: string): Promise<string> {
		const parts = partsOf(typed);
		if (!parts) throw new Refusal('not_found');
		const { thread = '', post = '' } = parts;
		const [opening] = await db.read
			.select({ id: posts.id, parentId: posts.parentId })
			.from(posts)
			.where(and(eq(posts.id, post), isNull(posts.parentId)));
		const place = opening ? answerPlace(thread, opening) : typed;
		await db.write((tx) => tx.delete(drafts).where(at(actor, place)));
		return formAt(partsOf(place) ?? parts);
	}

	return { keep, find, inThread, letGo, all: listDrafts(means) };
}

/**
 * Inside the write that posts: the draft goes with it, and so does the same text under another post, where the composer stood
 * before it moved.
 */
export async function draftPosted(tx: Queries, { drafts }: Tables, actorId: string, place: string, boardId: string, typed: string) {
	const same = and(eq(drafts.boardId, boardId), eq(drafts.body, asTyped(typed)));
	await tx.delete(drafts).where(and(eq(drafts.memberId, actorId), or(eq(drafts.place, place), same)));
}

/** As typed, but for what no database takes and for the line ends that forms put in. */
function asTyped(text: string): string {
	return text.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed();
}

function parse({ title, body, warnings }: Typed) {
	const kept = { title: asTyped(title), body: asTyped(body), warnings: [...new Set(warnings.filter(isWarning))] };
	if (kept.body.length > limits.body)
		throw new Invalid({
			body: `This is ${kept.body.length} characters long; a draft holds ${limits.body}. Please save a copy of the rest.`
		});
	// As many as the field takes: a title in the widest signs.
	if (kept.title.length > limits.title * 4) throw new Invalid({ title: 'The title is too long to keep. Please shorten it a little.' });
	return kept;
}
