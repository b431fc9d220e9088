// The Markdown of posts: a small safe subset, rendered once when a post is written. All that is not in it is shown as text.
import { escapeHtml } from '#lib/escape-html.ts';
import { blocks } from './markdown-blocks.ts';
import { wordsRenderer } from './markdown-words.ts';
import { namesAddress } from './web-addresses.ts';

/**
 * HTML with p br em strong del blockquote ul ol li code pre hr h3 h4 a span.host and nothing else. Never throws, takes time
 * linear in the length of `source` (security.md, trap 4), and neither loses nor runs anything that was typed.
 */
export function renderMarkdown(source: string): string {
	const lines = cleanLines(source);
	try {
		return blocks(lines, wordsRenderer());
	} catch {
		// A post in plain words is better than a page that does not open.
		return plain(lines);
	}
}

/** Whether a text names an address anywhere, linked or not: on the first day links wait (rulings 6). */
export function markdownLinks(source: string): boolean {
	return namesAddress(source);
}

function cleanLines(source: string): string[] {
	return source
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/(?![\n\t])\p{Cc}/gu, '')
		.split('\n')
		.map((line) => line.replace(/^[ \t]+/, (space) => space.replaceAll('\t', '    ')));
}

function plain(lines: string[]): string {
	const paragraphs = lines
		.map((line) => line.trim())
		.join('\n')
		.split(/\n{2,}/);
	return paragraphs
		.filter((paragraph) => paragraph.trim() !== '')
		.map((paragraph) => `<p dir="auto">${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
		.join('\n');
}
