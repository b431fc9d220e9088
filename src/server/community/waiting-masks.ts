// What waits behind a mask, as it is sealed: with its words also its place and its author.
import type { Warning } from '#lib/warnings.ts';
import type { Sealer } from './means.ts';
import { sizedJson } from './sized-json.ts';

export type Waiting = {
	author: string;
	thread: string;
	/** What it answers; null: a story. */
	parent: string | null;
	board: string;
	slug: string;
	title: string;
	body: string;
	warnings: Warning[];
};

/** Bound to its row: a sealed word that was moved to another row does not open. */
const about = (id: string) => `waiting mask ${id}`;
const isWaiting = (value: unknown): value is Waiting =>
	typeof value === 'object' && value !== null && 'author' in value && 'thread' in value && 'body' in value;

export const sealWaiting = (sealer: Sealer, id: string, waiting: Waiting) => sealer.seal(sizedJson(waiting), about(id));

export function openWaiting(sealer: Sealer, { id, sealed }: { id: string; sealed: string }): Waiting {
	const text = sealer.open(sealed, about(id));
	const value: unknown = text === undefined ? undefined : JSON.parse(text);
	if (!isWaiting(value)) throw new Error('What waits behind a mask does not open with the keys that are here.');
	return value;
}

/** Who wrote a post with a mask: always of one size, and bound to the post. */
const behind = (post: string) => `author of ${post}`;
const longest = 64;
export const sealAuthor = (sealer: Sealer, post: string, member: string) => sealer.seal(member.padEnd(longest), behind(post));
export const openAuthor = (sealer: Sealer, post: string, sealed: string) => sealer.open(sealed, behind(post))?.trimEnd();
