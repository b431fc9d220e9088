// Reads what renderMarkdown writes with a grammar stricter than HTML's.
/** The elements a post may hold, and what each attribute may say. */
export const attributes: Record<string, Record<string, RegExp>> = {
	...Object.fromEntries(['p', 'li', 'blockquote', 'h3', 'h4'].map((name) => [name, { dir: /^auto$/ }])),
	...Object.fromEntries(['br', 'em', 'strong', 'del', 'ul', 'code', 'pre', 'hr'].map((name) => [name, {}])),
	ol: { start: /^\d{1,3}$/ },
	a: { href: /^\/away\?to=https?%3A%2F%2F[^"<>\s@/:&]+$/, rel: /^nofollow noopener noreferrer ugc$/ },
	span: { class: /^host$/ }
};

/** The text of `html`. Throws unless every sign belongs to a known tag or to escaped text, and all is balanced. */
export function readStrictly(html: string): string {
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
