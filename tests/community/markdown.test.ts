import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, test } from 'vitest';
import { markdownLinks, renderMarkdown } from '#server/community/markdown.ts';
import { catalogue, framed, links, signs, tags } from './hostile-markdown.ts';
import { attributes, readStrictly } from './strict-html.ts';

function sanitized(html: string): string {
	return sanitizeHtml(html, {
		allowedTags: Object.keys(attributes),
		allowedAttributes: Object.fromEntries(Object.entries(attributes).map(([name, allowed]) => [name, Object.keys(allowed)])),
		allowedClasses: { span: ['host'] },
		allowedSchemes: ['http', 'https'],
		allowProtocolRelative: false
	});
}

/** The ways in which the sanitiser writes the same HTML. */
const written = (html: string) => html.replaceAll('&quot;', '"').replace(/<(br|hr)>/g, '<$1 />');

const word = fc.integer({ min: 100, max: 999 }).map((n) => `w${n}`);
const piece = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...signs) },
	{ weight: 2, arbitrary: fc.constantFrom(...tags) },
	{ weight: 2, arbitrary: fc.constantFrom(...links, ...framed) },
	{ weight: 3, arbitrary: word },
	fc.string({ unit: 'grapheme', maxLength: 6 }),
	fc.string({ unit: 'binary', maxLength: 4 })
);
const hostile = fc.letrec<{ text: string }>((tie) => ({
	text: fc.oneof(
		{ depthSize: 'medium', withCrossShrink: true },
		fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
		fc.tuple(piece, fc.integer({ min: 1, max: 60 })).map(([one, times]) => one.repeat(times)),
		fc.array(tie('text'), { minLength: 2, maxLength: 5 }).map((texts) => texts.join('\n')),
		fc.tuple(fc.constantFrom('*', '**', '_', '~~', '`', '**_'), tie('text')).map(([sign, text]) => sign + text + sign),
		fc.tuple(tie('text'), fc.constantFrom(...links)).map(([text, link]) => `[${text}](${link})`),
		fc.tuple(fc.constantFrom('> ', '- ', '1. ', '   ', '# ', '    ', '```\n', '<div ', '<a href='), tie('text')).map(([sign, text]) =>
			text
				.split('\n')
				.map((line) => sign + line)
				.join('\n')
		)
	)
})).text;
const many = { numRuns: 4000 };

describe('hostile Markdown and HTML', () => {
	test('holds only elements and attributes of ours, balanced, and no address but http(s)', () => {
		fc.assert(
			fc.property(hostile, (source) => void readStrictly(renderMarkdown(source))),
			many
		);
	});

	test('is left as it is by a sanitiser', () => {
		fc.assert(
			fc.property(hostile, (source) => {
				const html = renderMarkdown(source);
				expect(sanitized(html)).toBe(written(html));
			}),
			many
		);
	});

	test('is rendered the same twice', () => {
		fc.assert(
			fc.property(hostile, (source) => renderMarkdown(source) === renderMarkdown(source)),
			many
		);
	});

	test('loses no word', () => {
		fc.assert(
			fc.property(hostile, (source) => {
				const html = renderMarkdown(source);
				const shown = readStrictly(html) + html;
				for (const [said] of source.matchAll(/w\d{3}/g)) expect(shown).toContain(said);
			}),
			many
		);
	});

	test('shows tags as they were typed', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.constantFrom(...tags), word), { minLength: 1 }), (typed) => {
				// Addresses would be linked and stars would be emphasis; that is for other tests.
				const source = `a ${typed.join(' ')}`.replace(/\s+/g, ' ').replace(/[*]|\/\//g, '');
				expect(readStrictly(renderMarkdown(source))).toBe(source);
			}),
			many
		);
	});

	test('names an address wherever it is rendered with a link', () => {
		fc.assert(
			fc.property(hostile, (source) => !renderMarkdown(source).includes('<a ') || markdownLinks(source)),
			many
		);
	});

	test.each(catalogue(20_000).map(([name, source]) => ({ name, source })))('$name', ({ source }) => {
		readStrictly(renderMarkdown(source));
	});
});

const block = (html: string) => `<p dir="auto">${html}</p>`;

describe('what people write', () => {
	test.each([
		['a line break is kept', 'one\ntwo', block('one<br>two')],
		['a blank line begins a paragraph', 'one\n\ntwo', `${block('one')}\n${block('two')}`],
		[
			'emphasis',
			'*a* _b_ **c** __d__ ***e*** ~~f~~',
			block('<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em> <del>f</del>')
		],
		['emphasis runs over a line end', '*a\nb*', block('<em>a<br>b</em>')],
		['a name with underscores is a word', 'snake_case_name and 2 * 3 * 4', block('snake_case_name and 2 * 3 * 4')],
		['about is not struck out', '~5 days to ~6 days', block('~5 days to ~6 days')],
		['an escaped sign is shown', '\\*a\\* \\[b\\]', block('*a* [b]')],
		['code', '`a <b> *c*` and ``d`e``', block('<code>a &lt;b&gt; *c*</code> and <code>d`e</code>')],
		['a fence', '```js\nif (a < b) *c*\n\n  d\n```\nafter', `<pre><code>if (a &lt; b) *c*\n\n  d\n</code></pre>\n${block('after')}`],
		['words after a fence sign are words', '``` I said this', block('``` I said this')],
		[
			'a heading',
			'# One\n## Two\n### Three ##\n#### Four\n#five',
			`<h3 dir="auto">One</h3>\n<h4 dir="auto">Two</h4>\n<h4 dir="auto">Three</h4>\n${block('#### Four<br>#five')}`
		],
		['a line under words is a line', 'One\n---\nTwo\n===', `${block('One')}\n<hr>\n${block('Two<br>===')}`],
		[
			'a quote ends where its signs end',
			'> one\n> two\nmy answer',
			`<blockquote dir="auto">${block('one<br>two')}</blockquote>\n${block('my answer')}`
		],
		[
			'a list',
			'Today:\n- a\n- b\n  - c\nGood night',
			`${block('Today:')}\n<ul>\n<li dir="auto">a</li>\n<li dir="auto">b\n<ul>\n<li dir="auto">c</li>\n</ul></li>\n</ul>\n${block('Good night')}`
		],
		['a list with room', '- a\n\n- b', `<ul>\n<li dir="auto">${block('a')}</li>\n<li dir="auto">${block('b')}</li>\n</ul>`],
		['a numbered list keeps its first number', '3. a\n4. b', '<ol start="3">\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ol>'],
		['a year at the start of a line is no list', 'It was\n2019. I was ill.', block('It was<br>2019. I was ill.')],
		['a number in the middle is no list', 'I was\n30. And tired.', block('I was<br>30. And tired.')],
		['no table', '|a|b|\n|-|-|', block('|a|b|<br>|-|-|')],
		['no reference', '[a]\n\n[a]: x', `${block('[a]')}\n${block('[a]: x')}`],
		['no footnote', 'a[^1]', block('a[^1]')],
		['no image', '![alt](pic.png)', block('![alt](pic.png)')],
		['indented words are words', '    a', block('a')],
		['entities are shown as typed', '&lt; &copy; &#x41;', block('&amp;lt; &amp;copy; &amp;#x41;')],
		['nothing', ' \n\t\n', '']
	])('%s', (_, source, html) => {
		expect(renderMarkdown(source)).toBe(html);
	});

	test('quotes and lists nest six deep and are text beyond', () => {
		expect(renderMarkdown('> '.repeat(9) + 'a').match(/<blockquote/g)).toHaveLength(6);
		expect(renderMarkdown('> '.repeat(9) + 'a')).toContain(block('&gt; &gt; &gt; a'));
		expect(renderMarkdown('- '.repeat(9) + 'a').match(/<ul/g)).toHaveLength(6);
	});
});
