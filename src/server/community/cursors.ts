// Opaque places in a list. A cursor names its list, so that one for another list is refused and not misread.
import { Refusal } from '#lib/refusals.ts';

export function encodeCursor(list: string, parts: string[]): string {
	return Buffer.from([list, ...parts].join('\n')).toString('base64url');
}

/** The parts of a cursor made for this list; anything else is answered with 400. */
export function decodeCursor(typed: string, list: string, parts: number): string[] {
	if (typed.length > 4096 || !/^[\w-]+$/.test(typed)) throw new Refusal('bad_cursor');
	const [name, ...found] = Buffer.from(typed, 'base64url').toString().split('\n');
	const plain = found.every((part) => /^[\w-]+$/.test(part));
	if (name !== list || found.length !== parts || !plain || encodeCursor(list, found) !== typed) throw new Refusal('bad_cursor');
	return found;
}
