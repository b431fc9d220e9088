// npm run disclose: what an operator could be made to hand over about a member, from the built command.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt } from '../caller.ts';

let site: BuiltSite;
let wren: { name: string; cookie: string };
beforeAll(async () => {
	site = await startSite();
	wren = await joinAt(site.url);
	const headers = { origin: site.url, accept: 'text/html', cookie: wren.cookie, 'content-type': 'application/x-www-form-urlencoded' };
	const fields = form({ title: 'A night', body: 'First line.\n\nSecond line.' });
	await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers, body: fields });
});
afterAll(() => site.stop());

test('it prints what is held, says what is not, and shows no hash', () => {
	const said = site.run('disclose', wren.name.toLowerCase());
	expect(said).toContain(`Everything this site holds about ${wren.name}.`);
	for (const words of ['Second line.', 'Where you are signed in', 'Not held', 'An e-mail address', 'IP address', 'sealed'])
		expect(said).toContain(words);
	expect(said).not.toMatch(/\$argon2|[0-9a-f]{64}/);
});

test('with --json it is one document for programs', () => {
	const told = JSON.parse(site.run('disclose', wren.name, '--json'));
	expect(told.name).toBe(wren.name);
	expect(told.held.map(({ table }: { table: string }) => table).sort()).toEqual([
		'follows',
		'members',
		'posts',
		'recoveryCodes',
		'sessions',
		'stream',
		'threads'
	]);
	expect(told.held.find(({ table }: { table: string }) => table === 'posts').rows[0]).toMatchObject({
		body: 'First line.\n\nSecond line.'
	});
	expect(told.notHeld.length).toBeGreaterThan(4);
});

test('what was written without the name is printed in words', async () => {
	const finch = await joinAt(site.url);
	const headers = { origin: site.url, accept: 'text/html', cookie: finch.cookie, 'content-type': 'application/x-www-form-urlencoded' };
	const fields = form({ title: 'A night without a name', body: 'Words behind a mask.', mask: 'yes' });
	expect((await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers, body: fields })).status).toBe(303);
	const said = site.run('disclose', finch.name);
	for (const words of ['without your name', 'A night without a name', 'Words behind a mask.']) expect(said).toContain(words);
	expect(site.run('disclose', wren.name)).not.toContain('Words behind a mask.');
});

test('a name nobody has, or none, is refused with what to write', () => {
	expect(() => site.run('disclose', 'Nobody Here')).toThrow('Nobody here is called');
	expect(() => site.run('disclose')).toThrow('Usage');
	expect(() => site.run('disclose', wren.name, 'more')).toThrow('Usage');
});
