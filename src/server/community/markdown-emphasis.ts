// Emphasis by marked, and nothing else of it: on 20 kB of hostile brackets, quotes or tags marked takes seconds or
// overflows the stack, so it is handed flat words only (see markdown-words.ts) and a budget for looking ahead.
import { Marked, Renderer, Tokenizer, type Tokens } from 'marked';
import { escapeHtml } from '#lib/escape-html.ts';

/** Stands in the flat words for what is already HTML: a link, code, an escaped sign. A symbol, as those begin and end with one. */
export const held = '\uFFFC';

/** Emphasis in emphasis beyond this is shown as typed. */
const deepest = 4;
/** How many times its own length a piece of text may be looked through for closing signs before the rest is shown as typed. */
const looks = 16;
/** Looking for the end of struck words takes marked so many times longer than for the end of emphasis. */
const strikeCost = 6;
/** A sign passed on the way costs as much as this many letters. */
const signCost = 8;
const longestRun = 3;

const nothing = () => undefined;

class Emphasis extends Tokenizer {
	budget = 0;
	/** What a letter costs, with its share of signs. */
	price = 1;
	#depth = 0;

	override emStrong(src: string, maskedSrc: string, prevChar = '') {
		const run = /^(\*+|_+)(?=\S)/.exec(src)?.[0].length ?? 0;
		if (run < 1 || run > longestRun) return undefined;
		// snake_case and 5_000 are words.
		if (src.startsWith('_') && /[\p{L}\p{N}]$/u.test(prevChar)) return undefined;
		return this.#within(src, () => super.emStrong(src, maskedSrc, prevChar));
	}

	override del(src: string, maskedSrc: string, prevChar = '') {
		// One tilde is "about", as in ~5 days; only two strike out.
		if (!/^~~(?=[^\s~])/.test(src)) return undefined;
		return this.#within(src, () => super.del(src, maskedSrc, prevChar), strikeCost);
	}

	override inlineText(src: string): Tokens.Text {
		// A run too long for emphasis goes at once: sign by sign it would take time squared.
		const raw = /^(?:([*_~])\1{3,}|[^])[^*_~]*/.exec(src)?.[0] ?? src;
		return { type: 'text', raw, text: raw, escaped: false };
	}

	// Code, links, breaks and escapes are held back before marked sees the words; tags and references do not exist here.
	override escape = nothing;
	override tag = nothing;
	override link = nothing;
	override reflink = nothing;
	override codespan = nothing;
	override br = nothing;
	override autolink = nothing;
	override url = nothing;

	#within<Token extends { raw: string }>(src: string, find: () => Token | undefined, cost = 1): Token | undefined {
		const price = cost * this.price;
		if (this.#depth >= deepest || this.budget < src.length * price) return undefined;
		this.#depth += 1;
		try {
			const token = find();
			// What was found is not looked through again at this depth; only a vain search costs.
			if (!token) this.budget -= src.length * price;
			return token;
		} finally {
			this.#depth -= 1;
		}
	}
}

class Words extends Renderer {
	pieces: string[] = [];
	next = 0;

	override text({ text }: Tokens.Text | Tokens.Escape): string {
		return escapeHtml(text).replace(/[\n\uFFFC]/g, (sign) => (sign === '\n' ? '<br>' : (this.pieces[this.next++] ?? '')));
	}
}

const tokenizer = new Emphasis();
const renderer = new Words();
const marked = new Marked().setOptions({ gfm: true, tokenizer, renderer });

/** @param pieces the HTML that each `held` of the flat words stands for, in order */
export function emphasised(flat: string, pieces: string[]): string {
	renderer.pieces = pieces;
	renderer.next = 0;
	const signs = flat.match(/[*_~]/g)?.length ?? 0;
	tokenizer.budget = flat.length * looks;
	tokenizer.price = 1 + (signCost * signs) / flat.length;
	// One sign alone has no partner.
	const shown = signs > 1 ? marked.parseInline(flat, { async: false }) : renderer.text({ type: 'text', raw: flat, text: flat });
	if (renderer.next !== pieces.length) throw new Error('emphasis lost a held piece of a post');
	return shown;
}
