// What has made Markdown renderers slow, unsafe or wrong, as pieces to combine and as whole texts of a given length.

// prettier-ignore
export const signs = [
	'*', '**', '***', '_', '__', '~~', '~', '`', '``', '```', '[', ']', '](', '(', ')', '![', '[[', '\\', '\\[', '<', '>', '> ', '- ',
	'+ ', '1. ', '1) ', '# ', '### ', '---', '***', '===', '|', ':', '&', '&amp;', '&#x3c;', '"', "'", '!', '=', '\t', ' ', '  ', '    ',
	'\n', '\n\n', '\r\n', '\n> ', '\n- ', '\n  - ', '\n1. ', '\n```\n', '\n~~~', '\0', '\uFFFC', '\uFFFD', '\uD800', '\u202E', '\u200B',
	'\u2028', 'é', 'שלום', 'مرحبا', '🙂', '𝒳'
];

// prettier-ignore
export const tags = [
	'<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', '<a href="javascript:alert(1)">x</a>',
	'<b>bold</b>', '<!-- note -->', '<![CDATA[x]]>', '<?php x ?>', '</p></blockquote>', '<p onclick=alert(1)>',
	'<style>*{display:none}</style>', '<iframe src="https://evil.example">', '<math><mi//xlink:href="data:x">',
	'<span class="host"> (bank.example)</span>', '<textarea>', '<br onload=x>', '<div\nid=x>', '<input autofocus onfocus=alert(1)>',
	'"><img src=x onerror=alert(1)>', '&lt;script&gt;'
];

// prettier-ignore
export const links = [
	'https://example.org', 'http://example.org/a_(b)?c=d&e="f"', 'https://user:pass@evil.example/', 'https://bank.example@evil.example',
	'//evil.example', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>1</script>',
	'vbscript:x', 'https://evil.example\\@bank.example', 'https://xn--bcher-kva.example', 'https://bücher.example',
	'https://аррӏе.example', 'https://ex%61mple.org', 'https://[::1]/', 'https://2130706433/', 'https://localhost',
	'https://a.b/" onmouseover="alert(1)', "https://a.b/'onclick='x", 'https://a.b/`x`', 'https://a.b/*x*', 'https://', 'http:///',
	'https:/\\evil.example', 'www.example.org', 'mailto:a@b.example', 'feed:javascript:alert(1)', 'https://a.b:99999/',
	'https://a.b/\u202Egpj.exe'
];

export const framed = links.flatMap((link) => [
	`[words](${link})`,
	`[${link}](https://example.org)`,
	`![alt](${link})`,
	`<${link}>`,
	`[ref]: ${link}`,
	`[](${link})`,
	`[**a** \`b\`](${link} "title")`,
	`[a][${link}]`
]);

// prettier-ignore
const repeated = [
	'[', '](', '[](', '[a](', '![', '![[', '*', '**', '_', '_a__', '*a _b ', '*a_ ', '**a *b ', '*a **', 'a*', 'a_', '_a ', '~~', '~~a ',
	'a~~', '`', '` ', '`a``', '\\', '\\[', '\\*', '<', '<a ', '<!--', '<?', '<![CDATA[', '</', '<a b="', '&', '&#', '&amp', '(', ')',
	'[a](b(', '[a](<', '[a](https://a.b', '[a](https://a.b) ', 'https://', 'https://a', 'https://a.b ', 'https://é.b ', 'https://a.b))) ',
	'https://a.b/( ', 'https://u@a.b ', 'http', 'h', 'a@', 'a.', 'a@a.', '> ', '>', '- ', '-', '+ ', '1. ', '1.', '#', '# ', '# a #',
	'\t', ' ', 'a ', 'a  ', 'a\n', ' \n', '\n', '\n\n', 'a\n\n', '>\n', '> a\n', '- a\n', '- a\n\n', '-\n', '1. a\n', '1. a\n\n',
	'- a\n1. a\n', '> - ', '- > ', '- > a\n', '```\n', '```\na\n', '~~~a\n', '``` `\n', '---\n', '- - ', '* * *\n', '***\n', '_ ',
	'a\n---\n', 'a\n===\n', '| a ', '|-', '|a|b|\n|-|-|\n', '[a]: b\n', '[a]:', '[^1]', 'x'.repeat(99) + ' ', 'é', '🙂', '👩\u200D',
	'a\u0301', '\u0301', '\u0316\u0301', '\uFFFC', '\u200B', '\u200Da', '\uD800', '\0', '"', '**"', '"**', '*a*', '**a**', '*a* ',
	'**a** *b* ', '[*a*](https://a.b) ', '*[a](', '_[`', '`[*', '*`', '\\`', '&lt;', '<b>', '<b>*a*</b>\n', '5551234', '555 ', '1 ',
	'12 ', '+1', '(0', '555-', '0 1', 'I am ', 'I am A', "I'm A' ", 'My name is ', 'my name is A ', 'Aa ', 'A', "A'", '12 A', '12 Aa ',
	'1 Aa Aa Aa ', 'flat ', 'flat 1', 'at ', ' dot', 'a at b ', 'aa at bb dot ', '(at)', '12345 ', 'AB1 ', 'Astraße ', 'Calle A ',
	'rue de ', '1 rue ', 'call ', 'zip '
];

/** Whole texts of `length` UTF-16 units, by name. */
export function catalogue(length: number): [name: string, text: string][] {
	const fill = (piece: string) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
	const half = Math.floor(length / 2);
	const around = (open: string, inside: string, close: string) => {
		const count = Math.floor((length - inside.length) / (open.length + close.length));
		return open.repeat(count) + inside + close.repeat(count);
	};
	const steps = (piece: (n: number) => string) => {
		let text = '';
		for (let n = 0; text.length < length; n += 1) text += piece(n);
		return text.slice(0, length);
	};
	return [
		...repeated.map((piece): [string, string] => [`repeat ${JSON.stringify(piece)}`, fill(piece)]),
		...[
			['*', '*'],
			['**', '**'],
			['_', '_'],
			['*_', '_*'],
			['**_', '_**'],
			['~~*', '*~~'],
			['*a ', ' a*'],
			['*a **b ', ' b** a*'],
			['[', ']'],
			['[', '](https://a.b)'],
			['![', '](b)'],
			['(', ')'],
			['`', '`'],
			['<', '>'],
			['[*', '*](https://a.b)']
		].map(([open = '', close = '']): [string, string] => [`around ${open}…${close}`, around(open, 'x', close)]),
		['runs of backticks of every length', steps((n) => `${'`'.repeat(n + 1)} `)],
		['runs of stars of every length', steps((n) => `a${'*'.repeat((n % 40) + 1)}`)],
		['ever deeper lists', steps((n) => `${' '.repeat(2 * n)}- a\n`)],
		['ever deeper numbered lists', steps((n) => `${' '.repeat(3 * n)}1. a\n`)],
		['ever deeper quotes', steps((n) => `${'> '.repeat(n)}a\n`)],
		['ever shallower quotes', steps((n) => `${'> '.repeat(Math.max(0, 100 - n))}a\n`)],
		['quotes in lists', steps((n) => `${'- > '.repeat(n)}a\n`)],
		['openers, then closers', '*a '.repeat(half / 3) + ' a*'.repeat(half / 3)],
		['strong openers, then emphasis closers', '**a '.repeat(half / 4) + ' a*'.repeat(half / 3)],
		['openers nested as deep as they go, then openers', '*a **b *c **d '.repeat(2) + '*x '.repeat(length / 3 - 20) + 'd** c* b** a*'],
		['openers without their closers before one', `${'_a *b '.repeat(length / 6 - 2)}c*`],
		['one word', 'a'.repeat(length)],
		['one digit', '1'.repeat(length)],
		['spaces in a word', `a${' '.repeat(length - 2)}b`],
		['line ends', `a${' \n'.repeat(half - 1)}b`],
		['one address', `https://a.b/${'a'.repeat(length - 12)}`],
		['one host', `https://${'a.'.repeat(half - 5)}b`],
		['one host of one label', `https://${'é'.repeat(length - 8)}`],
		['a quote of blank lines', `> a\n${'>\n'.repeat(half - 2)}`],
		['a list of blank lines', `- a\n${'\n'.repeat(length - 8)}  b`],
		['a fence that never ends', `\`\`\`\n${'a\n'.repeat(half - 2)}`],
		[
			'a story',
			steps(
				(n) =>
					`Day ${n}. I woke *early*, called **my sponsor** and did not drink.\nIt was hard, but I am here — and so are you.\n\n- walked\n- called mum\n\n> one day at a time\n\n`
			)
		]
	];
}
