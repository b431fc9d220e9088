// Words that label people are in no interface text and no seed (safety.md L1).
import { expect, test } from 'vitest';
import { sources } from './source.ts';

const refused = /\b(abusers?|addicts?|clean|dirty|failures?|junkies?|junky)\b/i;
/** Lists that have to name the words: what is never offered in a passphrase, and what people say of themselves after "I am". */
const lists = ['src/server/community/words/passphrases.json', 'src/server/community/caution-words.ts'];
const seen = sources('src/**/*.{ts,svelte,json,html}', 'static/**/*.{html,svg}', 'README.md').filter(({ path }) => !lists.includes(path));

/** What a person may read of a file: markup and prose as they stand, of code only what is in quotes. */
function readable({ path, text }: { path: string; text: string }): string {
	if (path.endsWith('.ts')) return quoted(text);
	return text.replace(/<script[^>]*>([\s\S]*?)<\/script>/g, (_, code: string) => quoted(code)).replace(/<style[\s\S]*?<\/style>/g, '');
}

function quoted(code: string): string {
	const prose = code.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
	return [...prose.matchAll(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g)].map(([found]) => found).join('\n');
}

test.each(seen)('$path labels nobody', (source) => {
	expect(
		readable(source)
			.split('\n')
			.filter((line) => refused.test(line))
	).toEqual([]);
});

test('the check itself sees the words it refuses', () => {
	expect(['an addict', 'Clean for a year', 'a junkie.', 'no failure'].every((text) => refused.test(text))).toBe(true);
	expect(['addiction', 'cleaned the oven', 'alcohol use'].some((text) => refused.test(text))).toBe(false);
});
