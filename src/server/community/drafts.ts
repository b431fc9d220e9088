// Drafts: what a member is writing, one a place, kept as typed until it is posted or let go.
import { and, eq, isNull } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { isWarning } from '#lib/warnings.ts';
import type { Queries } from '#server/store/database.ts';
import { authorship } from './authorship.ts';
import { newestFirst, listDrafts } from './draft-list.ts';
import { answerPlace, formAt, partsOf, thePlace } from './draft-places.ts';
import { draftShelf, type Draft } from './draft-shelf.ts';
import { dayOf } from './lucia-adapter.ts';
import type { Actor, Means, Reader } from './means.ts';
import { ownMasks } from './own-masks.ts';
import { justPosted } from './writing.ts';
import { writeAs } from './write-and-tell.ts';

type Typed = {
	place: string;
	title: string;
	body: string;
	warnings: string[];
	mask?: boolean | undefined;
	/** The form's own key or version: what comes in late, after the form was posted, is not kept again. */
	key?: string | undefined;
	version?: number | undefined;
};

export function drafts(means: Means) {
	const { db, now } = means;
	const { posts } = db.tables;
	const own = authorship(means);
	const shelf = draftShelf(means);
	const masks = ownMasks(means);

	/** Keeps what stands in the form, in place of what was kept for it before; an empty form lets its draft go. `form` leads back to it. */
	async function keep(actor: Actor, typed: Typed): Promise<{ kept: boolean; form: string }> {
		const { place } = await thePlace(db.read, db.tables, own, actor, typed.place);
		parse(typed);
		return writeAs(db, actor, (tx) => keepWithin(tx, actor, { ...typed, place }));
	}

	/** Inside a write that does more than this. */
	async function keepWithin(tx: Queries, actor: Actor, typed: Typed): Promise<{ kept: boolean; form: string }> {
		const { place } = await thePlace(tx, db.tables, own, actor, typed.place);
		const { title, body, warnings } = parse(typed);
		const there = await shelf.all(tx, actor.id);
		const same = there.find(({ value }) => value.place === place);
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
			(await justPosted(tx, db.tables, actor, { key: typed.key, edits: edits ? post?.id : undefined, version: typed.version }, now())) ||
			(await masks.justPressed(tx, actor.id, typed.key, now()))
		) {
			if (same) await shelf.drop(tx, [same.tag]);
			return { kept: false, form };
		}
		const kept = { place, boardId, title, body, warnings, mask: typed.mask === true, keptAt: now() };
		const today = dayOf(kept.keptAt);
		if (same) await shelf.change(tx, actor.id, same.tag, kept, today);
		else await shelf.put(tx, actor.id, kept, today);
		const oldest = there
			.filter((one) => one !== same)
			.sort(newestFirst)
			.slice(limits.drafts - 1);
		await shelf.drop(
			tx,
			oldest.map(({ tag }) => tag)
		);
		return { kept: true, form };
	}

	const view = ({ place, title, body, warnings, mask, keptAt }: Draft) => ({
		...{ place, title, body, warnings, mask: mask ? 'yes' : '' },
		age: coarseAge(keptAt, now())
	});

	async function found(reader: Reader, which: (place: string) => boolean) {
		if (!reader) return [];
		const all = await shelf.all(db.read, reader.id);
		return all.flatMap(({ value }) => (which(value.place) ? [view(value)] : []));
	}

	const find = async (reader: Reader, place: string) => (await found(reader, (one) => one === place))[0];

	/** All that this reader is writing in one thread, by place. */
	const inThread = (reader: Reader, thread: string) => found(reader, (place) => partsOf(place)?.thread === thread);

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
		await writeAs(db, actor, async (tx) => {
			const gone = (await shelf.all(tx, actor.id)).filter(({ value }) => value.place === place);
			await shelf.drop(
				tx,
				gone.map(({ tag }) => tag)
			);
		});
		return formAt(partsOf(place) ?? parts);
	}

	return { keep, keepWithin, find, inThread, letGo, all: listDrafts(means) };
}

/**
 * Inside the write that posts: the draft goes with it, and so does the same text under another post, where the composer stood
 * before it moved.
 */
export async function draftPosted(tx: Queries, means: Means, actorId: string, place: string, boardId: string, typed: string) {
	const shelf = draftShelf(means);
	const body = asTyped(typed);
	const gone = (await shelf.all(tx, actorId)).filter(
		({ value }) => value.place === place || (value.boardId === boardId && value.body === body)
	);
	await shelf.drop(
		tx,
		gone.map(({ tag }) => tag)
	);
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
