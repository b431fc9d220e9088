// What the members of a benchmark write. Paragraphs are rendered and read for search once each; posts are made of them.
import { renderMarkdown } from '#server/community/markdown.ts';
import { documentTokens } from '#server/community/search-tokens.ts';
import { plainWords } from '#server/community/text.ts';
import type { Chance } from './random.ts';
import { vocabulary } from './vocabulary.ts';

const paragraphs = 4000;

export type Body = { body: string; html: string; tokens: string[] };

/** Bodies of 40 to 200 words, exactly as `parseWritten` and `indexPost` would have stored them. */
export function bodies(chance: Chance): () => Body {
	const { paragraph } = vocabulary(chance);
	const pool = Array.from({ length: paragraphs }, () => {
		const body = paragraph(20 + Math.floor(47 * chance.random() ** 1.5));
		const html = renderMarkdown(body);
		return { body, html, tokens: documentTokens(plainWords(html)), list: body.startsWith('-') || body.startsWith('>') };
	});
	const plain = pool.filter(({ list }) => !list);
	return () => {
		// Two lists that follow each other would be one list: only the first paragraph may be one.
		const parts = [chance.one(pool), ...Array.from({ length: chance.below(3) === 0 ? 2 : 1 }, () => chance.one(plain))];
		return {
			body: parts.map(({ body }) => body).join('\n\n'),
			html: parts.map(({ html }) => html).join('\n'),
			tokens: [...new Set(parts.flatMap(({ tokens }) => tokens))]
		};
	};
}
