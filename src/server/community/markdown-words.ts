// What is inside a line: code, links and escapes are found in one pass and held back, so that marked sees plain words.
import { awayTo, webAddress } from '#lib/web-addresses.ts';
import { escapeHtml } from '#lib/escape-html.ts';
import { emphasised, held } from './markdown-emphasis.ts';
import { trimAddress } from './web-addresses.ts';

export type Words = (text: string) => string;

/** More links than this are an advertisement; each costs a walk through the rules for international host names. */
const mostLinks = 100;

const special = /[\\[\]<\uFFFC]|!\[|`+|https?:\/\//gi;
const escapable = /[!-/:-@[-`{-~]/;
// Neither part may hold an opening bracket: every attempt ends where the next begins, which keeps the whole linear.
const wordedLink = /\[((?:\\.|[^\\[\]]){0,500})\]\(<?((?:[^\s()<>[\]\\"]|\([^\s()<>[\]\\"]*\)){1,2000})>?\)/y;
const bareLink = /https?:\/\/[^\s<>"`*[\]{}|^\uFFFC]{1,2000}/iy;
const wordBefore = /[\p{L}\p{N}]$/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One renderer for one post, since the number of its links is limited. */
export function wordsRenderer(): Words {
	let links = 0;

	function anchor(address: string, words: string | undefined): string | undefined {
		const target = links < mostLinks ? webAddress(address) : undefined;
		if (!target) return undefined;
		links += 1;
		const named = words !== undefined && visible.test(words) && words !== address;
		const label = named ? render(words, false) : escapeHtml(address);
		const host = named || !target.plain ? `<span class="host"> (${escapeHtml(target.host)})</span>` : '';
		return `<a href="${escapeHtml(awayTo(target))}" rel="nofollow noopener noreferrer ugc">${label}</a>${host}`;
	}

	function render(text: string, linking: boolean): string {
		const closers = codeClosers(text);
		const html: string[] = [];
		let flat = '';
		let at = 0;

		/** Holds back the source from `start` to `end`. */
		function hold(start: number, end: number, shown: string) {
			flat += text.slice(at, start) + held;
			html.push(shown);
			at = end;
		}

		/** Length and HTML of what begins here; undefined leaves the sign itself. */
		function begins(sign: string, start: number): [number, string] | undefined {
			if (sign === '\\') {
				const next = text.charAt(start + 1);
				return escapable.test(next) ? [2, escapeHtml(next)] : undefined;
			}
			if (sign.startsWith('`')) {
				const close = closers.get(start);
				if (close === undefined) return undefined;
				return [close + sign.length - start, code(text.slice(start + sign.length, close))];
			}
			if (!linking) return undefined;
			if (sign === '[') {
				const [all, words = '', address = ''] = matchAt(wordedLink, text, start) ?? [];
				const shown = all && anchor(address, words.trim());
				return shown ? [all.length, shown] : undefined;
			}
			if (sign.length > 2 && !wordBefore.test(text.slice(Math.max(0, start - 2), start))) {
				const address = trimAddress(matchAt(bareLink, text, start)?.[0] ?? '');
				// A refused address is held whole, or the search would begin again inside it.
				return address ? [address.length, anchor(address, undefined) ?? escapeHtml(address)] : undefined;
			}
			return undefined;
		}

		for (special.lastIndex = 0; ; special.lastIndex = at) {
			const found = special.exec(text);
			if (!found) break;
			const [sign] = found;
			const [length, shown] = begins(sign, found.index) ?? [sign.length, escapeHtml(sign)];
			hold(found.index, found.index + length, shown);
		}
		return emphasised(flat + text.slice(at), html);
	}

	return (text) => render(text, true);
}

function matchAt(pattern: RegExp, text: string, start: number) {
	pattern.lastIndex = start;
	return pattern.exec(text);
}

/** For each run of backticks, where the next run of the same length begins. */
function codeClosers(text: string): Map<number, number> {
	const closers = new Map<number, number>();
	const latest = new Map<number, number>();
	for (const { 0: run, index } of text.matchAll(/`+/g)) {
		const opener = latest.get(run.length);
		if (opener !== undefined) closers.set(opener, index);
		latest.set(run.length, index);
	}
	return closers;
}

function code(source: string): string {
	const line = source.replaceAll('\n', ' ');
	const padded = line.startsWith(' ') && line.endsWith(' ') && line.trim() !== '';
	return `<code>${escapeHtml(padded ? line.slice(1, -1) : line)}</code>`;
}
