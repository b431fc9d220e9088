// Where an address in a text ends, and whether a text names any.

const closing = /[.,;:!?'"_~…。，、！？；：」』）》»”’]/;

/** A sentence's full stop and a bracket around an address do not belong to it. */
export function trimAddress(typed: string): string {
	let end = typed.length;
	let unopened = typed.split(')').length - typed.split('(').length;
	for (; end > 0; end -= 1) {
		const last = typed.charAt(end - 1);
		if (last === ')' && unopened > 0) unopened -= 1;
		else if (!closing.test(last)) break;
	}
	return typed.slice(0, end);
}

// Endings that people link to; those that are also words (me, in, it, is, so, to, at …) count only before a path.
const endings =
	'com|net|org|info|biz|edu|gov|io|app|dev|xyz|site|online|shop|store|club|live|link|blog|chat|top|vip|pro|gg|tv|cc|ly|ai|co|uk|de|fr|es|eu|ru|pl|nl|ch|se|dk|fi|cz|jp|cn|kr|br|mx|ar|ca|au|nz|ie|za|pt|gr|tr|ua|ro|hu';
const hostEnding = new RegExp(`(?<=[\\p{L}\\p{N}])\\.(?:${endings}|xn--[a-z0-9]{2,})(?![\\p{L}\\p{N}-])`, 'iu');
const hostAndPath = /(?<=[\p{L}\p{N}])\.[a-z]{2,12}(?::\d{1,5})?\/[\p{L}\p{N}@+?#]/iu;
const scheme = /(?<![a-z0-9])(?:h(?:tt|xx)ps?|ftp|wss?|tg|magnet|steam|discord|javascript|data|file|ipfs):\/?\/?\S|\bwww[\d]?\.\S/i;
const spelled =
	/(?<=[\p{L}\p{N}])(?:\s{0,3}[([{]\s?(?:dot|\.)\s?[)\]}]|(?<!\b(?:the|a|dot))\s{1,3}dot\b)\s{0,3}(?:com|net|org|io|gg|info|co|me|app)(?![\p{L}\p{N}])/iu;

/** Whether the text names an address in a way a person could follow, clickable or not. */
export function namesAddress(text: string): boolean {
	const seen = text
		// Marks spell no address, and NFKC puts long runs of them in order in time squared.
		.replace(/\p{M}+/gu, '')
		.normalize('NFKC')
		.replace(/[\p{Default_Ignorable_Code_Point}*_~`\\]/gu, '')
		.replace(/[。｡․]/g, '.');
	// As typed too: without its signs, `word*https://…` would be one word.
	return [scheme, hostEnding, hostAndPath, spelled].some((pattern) => pattern.test(text) || pattern.test(seen));
}
