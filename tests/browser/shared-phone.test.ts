// Two members of one family on one phone: what the one was writing when the session ended is not for the other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt } from '../caller.ts';

let site: BuiltSite;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site.stop());

const story = { title: 'What nobody at home knows', body: 'I have been going there since spring.' };
const headers = () => ({ accept: 'text/html', origin: site.url, 'content-type': 'application/x-www-form-urlencoded' });
const cookiesOf = (answer: { headers: { 'set-cookie'?: string[] } }) =>
	(answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0] ?? '');
const named = (cookies: string[], name: string) => cookies.find((one) => one.startsWith(`${name}=`) && one.length > name.length + 1) ?? '';

/** The phone after this member's session has ended in the middle of writing: it is known to one account, and holds a form. */
async function phoneOf(member: { cookie: string }) {
	const device = named(member.cookie.split('; '), 'device');
	const answer = await call(`${site.url}/boards/harbour/new`, {
		method: 'POST',
		headers: { ...headers(), cookie: device },
		body: form(story)
	});
	return [device, named(cookiesOf(answer), 'kept')].join('; ');
}

async function signIn(name: string, phone: string) {
	const answer = await call(`${site.url}/sign-in`, {
		method: 'POST',
		headers: { ...headers(), cookie: phone },
		body: form({ name, passphrase: 'a lamp in the far window' })
	});
	const session = named(cookiesOf(answer), 'lamplight');
	const page = await call(`${site.url}/boards/harbour/new`, {
		headers: { ...headers(), cookie: [phone.split('; ')[1], session].join('; ') }
	});
	return { to: answer.headers.location, page: page.body };
}

test('whoever was writing finds their words after signing in again, and another member on the same phone does not', async () => {
	const [wren, finch] = [await joinAt(site.url), await joinAt(site.url)];
	const own = await signIn(wren.name, await phoneOf(wren));
	expect(own.to).toBe('/boards/harbour/new');
	expect(own.page).toContain(story.body);
	const other = await signIn(finch.name, await phoneOf(wren));
	expect(other.to).toBe('/');
	expect(other.page).not.toContain(story.body);
	expect(other.page).not.toContain(story.title);
	// Also where the first is signed in again in another window.
	const beside = await signIn(finch.name, `${await phoneOf(wren)}; lamplight=${wren.token}`);
	expect(beside.to).toBe('/');
	expect(beside.page).not.toContain(story.body);
});

test('a new account on a phone that another member has used finds nothing of theirs, and is promised nothing', async () => {
	const phone = await phoneOf(await joinAt(site.url));
	expect((await call(`${site.url}/join`, { headers: { ...headers(), cookie: phone } })).body).not.toContain('What you wrote');
	const finch = await joinAt(site.url, { headers: { cookie: phone } });
	expect(finch.to).toBe(`/settings/codes?to=${encodeURIComponent('/boards/doorstep')}`);
	const cookie = [phone.split('; ')[1], `lamplight=${finch.token}`].join('; ');
	const page = await call(`${site.url}/boards/harbour/new`, { headers: { ...headers(), cookie } });
	expect(page.body).toContain('name="body"');
	expect(page.body).not.toContain(story.body);
});

test('words of a guest wait for whoever joins with them, on a browser that nobody has used before', async () => {
	const answer = await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers: headers(), body: form(story) });
	const kept = named(cookiesOf(answer), 'kept');
	expect((await call(`${site.url}/join`, { headers: { ...headers(), cookie: kept } })).body).toContain('What you wrote');
	const finch = await joinAt(site.url, { headers: { cookie: kept } });
	expect(finch.to).toBe(`/settings/codes?to=${encodeURIComponent('/boards/harbour/new')}`);
	const page = await call(`${site.url}/boards/harbour/new`, { headers: { ...headers(), cookie: `${kept}; lamplight=${finch.token}` } });
	expect(page.body).toContain(story.body);
});

test('words of a guest wait for whoever signs in with them, on a browser that nobody has used before', async () => {
	const finch = await joinAt(site.url);
	const answer = await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers: headers(), body: form(story) });
	const found = await signIn(finch.name, `other=1; ${named(cookiesOf(answer), 'kept')}`);
	expect(found.page).toContain(story.body);
});
