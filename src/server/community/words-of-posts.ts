// Parses what somebody wrote for a story or an answer: tidied, bounded, rendered once.
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { isWarning } from '#lib/warnings.ts';
import { cautionsFor } from './cautions.ts';
import { markdownLinks, renderMarkdown } from './markdown.ts';
import { graphemes, tidyLine, tidyText } from './text.ts';

export type Written = {
	/** Only a story has one. */
	title?: string | undefined;
	body: string;
	warnings: string[];
	/** The form's hidden key: the same key and words are one post. */
	key?: string | undefined;
	/** Without the member's name. */
	mask?: boolean | undefined;
	/** Post although it seems to hold personal details. */
	anyway?: boolean | undefined;
};

const cautionWords = { phone: 'a phone number', email: 'an e-mail address', name: 'a full name', address: 'a street address' };

export const tooLong = (body: string) =>
	new Invalid({
		body: `This is ${body.length} characters long; ${limits.body} fit in one post. You can share the rest as an answer below it.`
	});

/** The tidied words with their rendering, or Invalid by field (`caution` when personal details were seen and not confirmed). */
export function parseWritten(written: Written) {
	const title = written.title === undefined ? undefined : tidyLine(written.title);
	const body = tidyText(written.body);
	const problems: Record<string, string> = {};
	if (title === '') problems.title = 'Please give your story a title. A few plain words are enough.';
	if (title && graphemes(title) > limits.title)
		problems.title = `The title is longer than ${limits.title} characters. Please shorten it a little.`;
	if (body === '') problems.body = 'Nothing is written yet. One sentence is enough.';
	if (body.length > limits.body) throw tooLong(body);
	if (!written.warnings.every(isWarning)) problems.warnings = 'One of these content warnings is not known here.';
	if (written.key && !/^[\w-]{1,64}$/.test(written.key))
		problems.form = 'This form is not complete. Please open the page again; what you wrote is kept here.';
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
	if (!written.anyway) caution(`${title ?? ''}\n${body}`);
	return { title, body, html: renderMarkdown(body), warnings: [...new Set(written.warnings.filter(isWarning))] };
}

function caution(text: string) {
	const found = cautionsFor(text);
	if (found.length === 0) return;
	const seen = [...new Set(found.map(({ kind, found }) => `${cautionWords[kind]} (“${found}”)`))].slice(0, 4);
	throw new Invalid({
		caution: `This seems to hold ${seen.join(' and ')}. Anyone can read it here, so somebody may learn who you are. You can change it, or post it anyway.`
	});
}

/** On a first day links are refused: they are what strangers who sell things bring. */
export function refuseLinks(text: string) {
	if (markdownLinks(text)) throw new Refusal('first_day_links');
}
