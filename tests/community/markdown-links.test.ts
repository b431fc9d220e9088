import { describe, expect, test } from 'vitest';
import { markdownLinks, renderMarkdown } from '#server/community/markdown.ts';
import { readStrictly } from './strict-html.ts';

const block = (html: string) => `<p dir="auto">${html}</p>`;
const anchor = (href: string, words: string) =>
	`<a href="/away?to=${encodeURIComponent(href.replaceAll('&amp;', '&'))}" rel="nofollow noopener noreferrer ugc">${words}</a>`;
const host = (name: string) => `<span class="host"> (${name})</span>`;

describe('links', () => {
	test.each([
		['an address', 'see https://example.org/a_b_c.', block(`see ${anchor('https://example.org/a_b_c', 'https://example.org/a_b_c')}.`)],
		[
			'an address in brackets',
			'(https://example.org/a_(b))',
			block(`(${anchor('https://example.org/a_(b)', 'https://example.org/a_(b)')})`)
		],
		[
			'words show where they lead',
			'[my *bank*](https://evil.example/x)',
			block(anchor('https://evil.example/x', 'my <em>bank</em>') + host('evil.example'))
		],
		[
			'words that are another address',
			'[https://bank.example](https://evil.example)',
			block(anchor('https://evil.example/', 'https://bank.example') + host('evil.example'))
		],
		['words nobody sees', '[ ](https://example.org)', block(anchor('https://example.org/', 'https://example.org'))],
		[
			'a host in other letters is shown as it is',
			'https://аррӏе.com',
			block(anchor('https://xn--80ak6aa92e.com/', 'https://аррӏе.com') + host('xn--80ak6aa92e.com'))
		],
		[
			'a host in code is shown decoded',
			'https://ex%61mple.org',
			block(anchor('https://example.org/', 'https://ex%61mple.org') + host('example.org'))
		],
		[
			'quotes cannot leave the attribute',
			"[x](https://a.example/?q='&b=<)",
			block('[x](' + anchor('https://a.example/?q=%27&amp;b=', "https://a.example/?q='&amp;b=") + '&lt;)')
		]
	])('%s', (_, source, html) => {
		expect(renderMarkdown(source)).toBe(html);
	});

	test.each([
		'javascript:alert(1)',
		'JAVASCRIPT:alert(1)',
		'data:text/html,x',
		'vbscript:x',
		'//evil.example',
		'/sign-out',
		'mailto:a@b.example',
		'https://bank.example@evil.example',
		'https://a:b@evil.example',
		'https://evil.example\\@bank.example',
		'https://localhost',
		'https://',
		'https://a..b',
		'ftp://a.example'
	])('[words](%s) stays text', (address) => {
		const html = renderMarkdown(`[words](${address})`);
		expect(html).not.toContain('<a');
		expect(readStrictly(html)).toBe(`[words](${address})`);
	});

	test('a hundred at most, the others are text', () => {
		expect(renderMarkdown('https://example.org '.repeat(150)).match(/<a /g)).toHaveLength(100);
	});
});

describe('a text names an address', () => {
	test.each([
		'https://example.org',
		'HTTP://EXAMPLE.ORG',
		'hxxps://example.org',
		'see www.example.whatever now',
		'example.com',
		'go to example.com/page',
		'bit.ly/abc',
		't.me/abcd',
		'join discord.gg/abcd',
		'sub.example.co.uk',
		'exa**mple.com**',
		'example\\.com',
		'exam\u200Bple.com',
		'ｅｘａｍｐｌｅ．ｃｏｍ',
		'example。com',
		'example dot com',
		'example (dot) com',
		'example[.]com',
		'[x](javascript:alert(1))',
		'https://bücher.example',
		'wa.me/15550100',
		'help.me/now',
		'xn--bcher-kva.xn--p1ai'
	])('%s', (text) => {
		expect(markdownLinks(text)).toBe(true);
	});

	test.each([
		'I am here.Then I left',
		'e.g. this, i.e. that',
		'and/or',
		'24/7 at 9 a.m./p.m.',
		'1.5mg/day',
		'Day 3...come back',
		'v1.2.3',
		'so.tired.of.it',
		'help.me',
		'the dot com years',
		'https is a word',
		'Mr.Smith',
		'file.md',
		'a dot on the page',
		''
	])('not in “%s”', (text) => {
		expect(markdownLinks(text)).toBe(false);
	});
});
