import { expect, test } from 'vitest';
import { partsOfOnePage, readyPart } from '#lib/ready-parts.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const words = (part: Uint8Array) => new TextDecoder().decode(part);

test('parts stand where they were laid, in whatever order and script', () => {
	const { lay, whole } = partsOfOnePage();
	const [first, second, none] = [lay(bytes('„zuerst“ 今晩')), lay(bytes('<b>then</b>')), lay(bytes(''))];
	expect(words(whole(`<p>…${second}${first}</p>${none}é${second}`))).toBe('<p>…<b>then</b>„zuerst“ 今晩</p>é<b>then</b>');
	expect(words(partsOfOnePage().whole('nothing laid'))).toBe('nothing laid');
});

test('what one page laid is not on another', () => {
	const [own, other] = [partsOfOnePage(), partsOfOnePage()];
	const mark = own.lay(bytes('mine'));
	other.lay(bytes('theirs'));
	expect(words(own.whole(mark))).toBe('mine');
	expect(words(other.whole(mark))).toBe('theirs');
	expect(words(partsOfOnePage().whole(mark))).toBe('');
});

test('a part is rendered once for all that it says, without the notes of the renderer', () => {
	let rendered = 0;
	const part = (says: string) => words(readyPart(says, () => `<!--[0--><p>${says} ${++rendered}</p><!--]-->`));
	expect([part('one'), part('one'), part('another')]).toEqual(['<p>one 1</p>', '<p>one 1</p>', '<p>another 2</p>']);
});
