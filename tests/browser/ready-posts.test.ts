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

/** The form for an answer, as it stands on a page, and what it sends. */
function answering(page: string) {
	const forms = [...page.matchAll(/<form id="compose"[^]*?<\/form>/g)].map(([form]) => form);
	const [markup = ''] = forms;
	const tags = [...markup.matchAll(/<input[^>]*>/g)].map(([tag]) => tag);
	const said = (tag: string, attribute: string) => new RegExp(`${attribute}="([^"]*)"`).exec(tag)?.[1] ?? '';
	const hidden = tags.filter((tag) => tag.includes('type="hidden"')).map((tag) => [said(tag, 'name'), said(tag, 'value')]);
	return {
		forms: forms.length,
		fields: Object.fromEntries(hidden),
		label: /<label for="compose-body">([^<]*)/.exec(markup)?.[1],
		body: /<textarea[^>]*>([^<]*)<\/textarea/.exec(markup)?.[1],
		ticked: tags.filter((tag) => tag.includes('name="warnings"') && / checked/.test(tag)).map((tag) => said(tag, 'value')),
		/** The words that the form stands between on the page. */
		around: page.split(markup).map((part) => part.length > 0)
	};
}

test('the ready form for an answer is whole, and of its own thread and reader alone', async () => {
	const [wren, heron] = [await someone(), await someone()];
	const open = async (board: string, title: string) =>
		where(await wren.send(`/boards/${board}/new`, { title, body: `${title}, and how it was.`, anyway: 'yes' })).pathname;
	const threads = [await open('harbour', 'First'), await open('harbour', 'Second'), await open('pantry', 'Third')];
	for (const [i, thread] of threads.entries())
		for (const { name, read } of [heron, wren, heron]) {
			const { forms, fields, label, body, ticked, around } = answering(await read(thread));
			const key = expect.stringMatching(/^[\w-]{22}$/);
			expect([forms, body, around]).toEqual([1, '', [true, true]]);
			expect(fields).toEqual({ key, parent: expect.stringMatching(/^[\w-]{22}$/), place: thread });
			expect(label).toBe(name === wren.name ? 'Add to your story' : `Answer ${wren.name}`);
			expect(ticked).toEqual(i === 2 ? ['eating'] : []);
		}

	// What it sends arrives where it was read, once.
	const [first = '', second = ''] = threads;
	const { fields } = answering(await heron.read(second));
	for (const press of ['once', 'twice']) {
		const sent = await heron.send(`${second}?/reply`, { ...fields, body: 'A lamp for you.', anyway: 'yes' });
		expect([press, sent.status, where(sent).pathname]).toEqual([press, 303, second]);
	}
	expect((await wren.read(second)).split('A lamp for you.').length - 1).toBe(1);
	expect(await wren.read(first)).not.toContain('A lamp for you.');
});

test('a draft begun in that form is on its writer’s page alone, and on none once it is let go', async () => {
	const [wren, finch, heron] = [await someone(), await someone(), await someone()];
	const thread = where(await wren.send('/boards/harbour/new', { title: 'A morning', body: 'It is early.' })).pathname;
	const words = async () => Promise.all([finch, heron, wren].map(async ({ read }) => answering(await read(thread)).body));
	const { fields } = answering(await finch.read(thread));
	await finch.send('/drafts?/keep', { ...fields, body: 'I was going to say' });
	expect(await words()).toEqual(['I was going to say', '', '']);
	expect(await heron.read(thread)).not.toContain('Your draft from');
	await finch.send('/drafts?/let-go', { place: fields.place ?? '', back: 'form' });
	expect(await words()).toEqual(['', '', '']);
	expect(await finch.read(thread)).not.toContain('Your draft from');
});
