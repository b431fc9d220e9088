// Posts stand ready as bytes for everybody: what is one reader's own must be on no other page, and every change on the next one.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt } from '../caller.ts';

let site: BuiltSite;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site.stop());

/** Somebody who reads and presses. */
async function someone() {
	const { cookie, name } = await joinAt(site.url);
	const headers = { accept: 'text/html', origin: site.url, cookie, 'content-type': 'application/x-www-form-urlencoded' };
	const send = (path: string, fields: Record<string, string>) =>
		call(`${site.url}${path}`, { method: 'POST', headers, body: form(fields) });
	return { name, send, read: async (path: string) => (await call(`${site.url}${path}`, { headers: { cookie } })).body };
}
const where = (answer: { headers: { location?: string | undefined } }) => new URL(answer.headers.location ?? '', site.url);

test('what a reader did and may do is on their page alone, and a change is on everybody’s next page', async () => {
	const [wren, finch, heron] = [await someone(), await someone(), await someone()];
	const thread = where(
		await wren.send('/boards/harbour/new', { title: 'Up late', body: 'Is somebody awake? <!--part 0--> … 今晩' })
	).pathname;
	const answered = where(await finch.send(`${thread}?/reply`, { body: 'I am, with tea.', anyway: 'yes' }));
	const post = answered.searchParams.get('post') ?? '';
	await wren.send(`${thread}?/encourage`, { post, kind: 'with_you' });
	await wren.send(`${thread}?/bookmark`, { post });

	const [first, second] = [await wren.read(thread), await heron.read(thread)];
	const pressed = /value="with_you" aria-pressed="true"/;
	expect([pressed.test(first), pressed.test(second)]).toEqual([true, false]);
	expect([first.includes('Bookmarked'), second.includes('Bookmarked')]).toEqual([true, false]);
	const own = await finch.read(thread);
	expect([own.includes(`?edit=${post}`), first.includes(`?edit=${post}`)]).toEqual([true, false]);
	expect(first).toContain('&lt;!--part 0--&gt; … 今晩');
	// No mark is left in a page.
	for (const page of [first, second, own]) expect(page).not.toContain('<!--part');
	// Each page's form has a key of its own, by which a second press is known.
	const keys = [first, second, own, await heron.read(thread)].map((page) => /name="key" value="([\w-]{22})"/.exec(page)?.[1]);
	expect([new Set(keys).size, keys.includes(undefined)]).toEqual([4, false]);

	await finch.send(`${thread}?/edit`, { post, body: 'I am, with cocoa.', version: '1' });
	for (const { read } of [wren, heron]) {
		const page = await read(thread);
		expect(page).toContain('with cocoa');
		expect(page).not.toContain('with tea');
	}
	await finch.send(`${thread}?/withdraw`, { post });
	expect(await heron.read(thread)).not.toContain('with cocoa');
});
