// Where a draft belongs, as one line of text that is also the way back to its form.
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { eq } from 'drizzle-orm';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Authorship } from './authorship.ts';
import { isStaff, type Actor } from './means.ts';
import { postToWrite } from './reading.ts';

/** Ids have one length, so that "edit-" in front of one is never the beginning of another. */
const grammar =
	/^\/(?:boards\/(?<slug>[a-z0-9-]{1,60})\/new|threads\/(?<thread>[\w-]{22})(?:#(?:edit-(?<edit>[\w-]{22})|(?<post>[\w-]{22})))?)$/;

export type Parts = { slug?: string | undefined; thread?: string | undefined; post?: string | undefined; edit?: string | undefined };

/** The parts of a place, or undefined for anything else. */
export function partsOf(place: string): Parts | undefined {
	return grammar.exec(place)?.groups;
}

export const storyPlace = (slug: string) => `/boards/${slug}/new`;
/** An answer to the opening belongs to the thread itself. */
export const answerPlace = (thread: string, parent: { id: string; parentId: string | null }) =>
	`/threads/${thread}${parent.parentId === null ? '' : `#${parent.id}`}`;
export const editPlace = (thread: string, post: string) => `/threads/${thread}#edit-${post}`;

/** The page with the form of this place open. */
export function formAt({ slug, thread, post, edit }: Parts): string {
	if (slug) return storyPlace(slug);
	if (edit) return `/threads/${thread}?post=${edit}&edit=${edit}#edit`;
	return `/threads/${thread}${post ? `?post=${post}&answer=${post}` : ''}#compose`;
}

/** The place as it is kept, with the form's page and what stands there now. Refuses what this member could not open. */
export async function thePlace(q: Queries, tables: Tables, { wrote }: Authorship, actor: Actor, typed: string) {
	const parts = partsOf(typed);
	if (!parts)
		throw new Invalid({
			form: 'This form does not say where it belongs, so nothing was kept. Please copy your words and open the page again.'
		});
	if (parts.slug) {
		const { boards } = tables;
		const [board] = await q.select({ id: boards.id }).from(boards).where(eq(boards.slug, parts.slug));
		if (!board) throw new Refusal('not_found');
		return { place: typed, form: formAt(parts), boardId: board.id, post: undefined, edits: false };
	}
	const post = await postToWrite(q, tables, parts.thread, parts.edit ?? parts.post);
	if (post.state === 'held' && !wrote(actor, post) && !isStaff(actor)) throw new Refusal('not_found');
	if (parts.edit && !wrote(actor, post)) throw new Refusal('not_allowed');
	const place = parts.edit ? typed : answerPlace(post.threadId, post);
	return { place, form: formAt(partsOf(place) ?? parts), boardId: post.boardId, post, edits: parts.edit !== undefined };
}
