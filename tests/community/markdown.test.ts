import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, test } from 'vitest';
import { markdownLinks, renderMarkdown } from '#server/community/markdown.ts';
import { catalogue, framed, links, signs, tags } from './hostile-markdown.ts';

const attributes: Record<string, Record<string, RegExp>> = {
	...Object.fromEntries(['p', 'li', 'blockquote', 'h3', 'h4'].map((name) => [name, { dir: /^auto$/ }])),
	...Object.fromEntries(['br', 'em', 'strong', 'del', 'ul', 'code', 'pre', 'hr'].map((name) => [name, {}])),
	ol: { start: /^\d{1,3}$/ },
	a: { href: /^https?:\/\/[^"<>\s@/]+\/?[^"<>\s]*$/, rel: /^nofollow noopener noreferrer ugc$/ },
	span: { class: /^host$/ }
};

/** Reads the output with a grammar stricter than HTML's: every sign belongs to a known tag or to escaped text, all balanced. */
function readStrictly(html: string): string {
	const open: string[] = [];
	const piece = /<(\/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>|[^<>]+/y;
	let text = '';
	while (piece.lastIndex < html.length) {
		const from = piece.lastIndex;
		const [all, slash, name, typed = ''] = piece.exec(html) ?? [];
		if (all === undefined) throw new Error(`not our HTML at ${from}: ${html.slice(from, from + 80)}`);
		if (name === undefined) {
			if (/&(?!(?:amp|lt|gt|quot);)/.test(all)) throw new Error(`a bare ampersand in ${all}`);
			text += all;
			continue;
		}
		const allowed = attributes[name];
		if (!allowed) throw new Error(`an element not allowed: ${all}`);
		for (const [, attribute = '', value = ''] of typed.matchAll(/([a-z]+)="([^"]*)"/g)) {
			if (!allowed[attribute]?.test(value)) throw new Error(`an attribute not allowed: ${all}`);
		}
		if (slash) {
			if (open.pop() !== name) throw new Error(`closed out of order: ${all}`);
		} else if (name === 'br' || name === 'hr') text += ' ';
		else open.push(name);
	}
	if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

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
		fc.tuple(fc.constantFrom('> ', '- ', '1. ', '   ', '# ', '    ', '```\n', '<div ', '<a href='), tie('text')).map(([sign, text]) => text.split('\n').map((line) => sign + line).join('\n'))
	)
})).text;
const many = { numRuns: 4000 };

describe('hostile Markdown and HTML', () => {
	test('holds only elements and attributes of ours, balanced, and no address but http(s)', () => {
		fc.assert(fc.property(hostile, (source) => void readStrictly(renderMarkdown(source))), many);
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
		fc.assert(fc.property(hostile, (source) => renderMarkdown(source) === renderMarkdown(source)), many);
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

	test.each(catalogue(20_000).map(([name, source]) => ({ name, source })))('$name', ({ source }) => {
		readStrictly(renderMarkdown(source));
	});
});

const block = (html: string) => `<p dir="auto">${html}</p>`;
const anchor = (href: string, words: string) => `<a href="${href}" rel="nofollow noopener noreferrer ugc">${words}</a>`;
const host = (name: string) => `<span class="host"> (${name})</span>`;

describe('what people write', () => {
	test.each([
		['a line break is kept', 'one\ntwo', block('one<br>two')],
		['a blank line begins a paragraph', 'one\n\ntwo', `${block('one')}\n${block('two')}`],
		['emphasis', '*a* _b_ **c** __d__ ***e*** ~~f~~', block('<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em> <del>f</del>')],
		['emphasis runs over a line end', '*a\nb*', block('<em>a<br>b</em>')],
		['a name with underscores is a word', 'snake_case_name and 2 * 3 * 4', block('snake_case_name and 2 * 3 * 4')],
		['about is not struck out', '~5 days to ~6 days', block('~5 days to ~6 days')],
		['an escaped sign is shown', '\\*a\\* \\[b\\]', block('*a* [b]')],
		['code', '`a <b> *c*` and ``d`e``', block('<code>a &lt;b&gt; *c*</code> and <code>d`e</code>')],
		['a fence', '```js\nif (a < b) *c*\n\n  d\n```\nafter', `<pre><code>if (a &lt; b) *c*\n\n  d\n</code></pre>\n${block('after')}`],
		['words after a fence sign are words', '``` I said this', block('``` I said this')],
		['a heading', '# One\n## Two\n### Three ##\n#### Four\n#five', `<h3 dir="auto">One</h3>\n<h4 dir="auto">Two</h4>\n<h4 dir="auto">Three</h4>\n${block('#### Four<br>#five')}`],
		['a line under words is a line', 'One\n---\nTwo\n===', `${block('One')}\n<hr>\n${block('Two<br>===')}`],
		['a quote ends where its signs end', '> one\n> two\nmy answer', `<blockquote dir="auto">${block('one<br>two')}</blockquote>\n${block('my answer')}`],
		['a list', 'Today:\n- a\n- b\n  - c\nGood night', `${block('Today:')}\n<ul>\n<li dir="auto">a</li>\n<li dir="auto">b\n<ul>\n<li dir="auto">c</li>\n</ul></li>\n</ul>\n${block('Good night')}`],
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

describe('links', () => {
	test.each([
		['an address', 'see https://example.org/a_b_c.', block(`see ${anchor('https://example.org/a_b_c', 'https://example.org/a_b_c')}.`)],
		['an address in brackets', '(https://example.org/a_(b))', block(`(${anchor('https://example.org/a_(b)', 'https://example.org/a_(b)')})`)],
		['words show where they lead', '[my *bank*](https://evil.example/x)', block(anchor('https://evil.example/x', 'my <em>bank</em>') + host('evil.example'))],
		['words that are another address', '[https://bank.example](https://evil.example)', block(anchor('https://evil.example/', 'https://bank.example') + host('evil.example'))],
		['words nobody sees', '[ ](https://example.org)', block(anchor('https://example.org/', 'https://example.org'))],
		['a host in other letters is shown as it is', 'https://аррӏе.com', block(anchor('https://xn--80ak6aa92e.com/', 'https://аррӏе.com') + host('xn--80ak6aa92e.com'))],
		['a host in code is shown decoded', 'https://ex%61mple.org', block(anchor('https://example.org/', 'https://ex%61mple.org') + host('example.org'))],
		['quotes cannot leave the attribute', '[x](https://a.example/?q=\'&b=<)', block('[x](' + anchor('https://a.example/?q=%27&amp;b=', 'https://a.example/?q=\'&amp;b=') + '&lt;)')]
	])('%s', (_, source, html) => {
		expect(renderMarkdown(source)).toBe(html);
	});

	test.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example', '/sign-out', 'mailto:a@b.example', 'https://bank.example@evil.example', 'https://a:b@evil.example', 'https://evil.example\\@bank.example', 'https://localhost', 'https://', 'https://a..b', 'ftp://a.example'])('[words](%s) stays text', (address) => {
		const html = renderMarkdown(`[words](${address})`);
		expect(html).not.toContain('<a');
		expect(readStrictly(html)).toBe(`[words](${address})`);
	});

	test('a hundred at most, the others are text', () => {
		expect(renderMarkdown('https://example.org '.repeat(150)).match(/<a /g)).toHaveLength(100);
	});
});

describe('a text names an address', () => {
	test.each(['https://example.org', 'HTTP://EXAMPLE.ORG', 'hxxps://example.org', 'see www.example.whatever now', 'example.com', 'go to example.com/page', 'bit.ly/abc', 't.me/abcd', 'join discord.gg/abcd', 'sub.example.co.uk', 'exa**mple.com**', 'example\\.com', 'exam\u200Bple.com', 'ｅｘａｍｐｌｅ．ｃｏｍ', 'example。com', 'example dot com', 'example (dot) com', 'example[.]com', '[x](javascript:alert(1))', 'https://bücher.example', 'wa.me/15550100', 'help.me/now', 'xn--bcher-kva.xn--p1ai'])('%s', (text) => {
		expect(markdownLinks(text)).toBe(true);
	});

	test.each(['I am here.Then I left', 'e.g. this, i.e. that', 'and/or', '24/7 at 9 a.m./p.m.', '1.5mg/day', 'Day 3...come back', 'v1.2.3', 'so.tired.of.it', 'help.me', 'the dot com years', 'https is a word', 'Mr.Smith', 'file.md', 'a dot on the page', ''])('not in “%s”', (text) => {
		expect(markdownLinks(text)).toBe(false);
	});

	test('whenever one is rendered as a link', () => {
		fc.assert(fc.property(hostile, (source) => !renderMarkdown(source).includes('<a ') || markdownLinks(source)), many);
	});
});
