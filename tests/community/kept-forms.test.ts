import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { day, onBothDatabases } from '../world.ts';

const typed = { title: 'Tonight', body: 'I am still here.\n“Ü” 🕯', warnings: ['grief', 'medical'] };
const to = '/boards/harbour/new';

onBothDatabases((aWorld) => {
	test('what was being written comes back to whoever holds the cookie, for a day', async () => {
		const world = await aWorld();
		const token = await world.keptForms.keep({ to, typed });
		world.later(day - 1);
		expect(await world.keptForms.find(token)).toEqual({ to, typed });
		world.later(1);
		expect(await world.keptForms.find(token)).toBeUndefined();
		await world.keptForms.keep({ to, typed });
		expect(await world.db.read.$count(world.db.tables.keptForms)).toBe(1);
	});

	test('the store alone cannot read it', async () => {
		const world = await aWorld();
		const token = await world.keptForms.keep({ to, typed });
		const { keptForms } = world.db.tables;
		const rows = await world.db.read.select({ id: keptForms.id, sealed: keptForms.sealed }).from(keptForms);
		const [id = '', secret = ''] = token.split('.');
		expect(rows).toHaveLength(1);
		for (const hidden of [secret, 'still here', 'harbour']) {
			expect(JSON.stringify(rows)).not.toContain(hidden);
			expect(Buffer.from(rows[0]?.sealed ?? '', 'base64url').toString('latin1')).not.toContain(hidden);
		}
		expect(rows[0]?.id).toBe(id);
	});

	test('a wrong, mixed or broken token finds nothing and throws nothing away', async () => {
		const world = await aWorld();
		const mine = await world.keptForms.keep({ to, typed });
		const theirs = await world.keptForms.keep({ to: '/threads/other', typed });
		const [id] = mine.split('.');
		const [, otherSecret] = theirs.split('.');
		for (const token of [
			undefined,
			'',
			'.',
			id,
			`${id}.`,
			`${id}.${otherSecret}`,
			`${mine}x`,
			mine.slice(0, -1),
			'x'.repeat(100_000),
			'\u0000.\u0000'
		]) {
			expect(await world.keptForms.find(token)).toBeUndefined();
			await world.keptForms.forget(token);
		}
		expect(await world.keptForms.find(mine)).toEqual({ to, typed });
	});

	test('a sealed row moved to another place does not open', async () => {
		const world = await aWorld();
		const { keptForms } = world.db.tables;
		const token = await world.keptForms.keep({ to, typed });
		const [row] = await world.db.read.select({ sealed: keptForms.sealed, expiresAt: keptForms.expiresAt }).from(keptForms);
		const elsewhere = 'another-place-altogether';
		await world.db.write((tx) => tx.insert(keptForms).values({ id: elsewhere, sealed: row?.sealed ?? '', expiresAt: row?.expiresAt ?? 0 }));
		expect(await world.keptForms.find(`${elsewhere}.${token.split('.')[1]}`)).toBeUndefined();
	});

	test('it is forgotten when asked', async () => {
		const world = await aWorld();
		const token = await world.keptForms.keep({ to, typed });
		await world.keptForms.forget(token);
		expect(await world.keptForms.find(token)).toBeUndefined();
		await world.keptForms.forget(token);
	});

	test('passphrases and codes are never kept', async () => {
		const world = await aWorld();
		const token = await world.keptForms.keep({
			to,
			typed: { ...typed, passphrase: 'a lamp in the far window', current: 'x', code: '123456', new_passphrase: 'y', invitation: 'z' }
		});
		expect(await world.keptForms.find(token)).toEqual({ to, typed });
	});

	test('the longest post in the widest letters is kept, more than 96 kB is refused', async () => {
		const world = await aWorld();
		const body = '🕯'.repeat(24 * 1024 - 1);
		expect(await world.keptForms.find(await world.keptForms.keep({ to, typed: { body } }))).toEqual({ to, typed: { body } });
		await expect(world.keptForms.keep({ to, typed: { body: `${body}x` } })).rejects.toMatchObject({
			problems: { form: expect.any(String) }
		});
	});

	test('a form leads back only to a page of this site', async () => {
		const world = await aWorld();
		for (const elsewhere of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', '']) {
			expect((await world.keptForms.find(await world.keptForms.keep({ to: elsewhere, typed })))?.to).toBe('/');
		}
	});

	test('beyond three thousand forms the oldest goes', async () => {
		const world = await aWorld();
		const { keptForms } = world.db.tables;
		const oldest = await world.keptForms.keep({ to, typed });
		world.later(1000);
		const second = await world.keptForms.keep({ to, typed });
		const rows = Array.from({ length: 2_998 }, (_, at) => ({ id: `row ${at}`, sealed: '', expiresAt: world.now() + day + 1 }));
		for (let at = 0; at < rows.length; at += 500) await world.db.write((tx) => tx.insert(keptForms).values(rows.slice(at, at + 500)));
		const newest = await world.keptForms.keep({ to, typed });
		expect(await world.db.read.$count(keptForms)).toBe(3_000);
		expect(await world.keptForms.find(oldest)).toBeUndefined();
		expect(await world.keptForms.find(second)).toBeDefined();
		expect(await world.keptForms.find(newest)).toBeDefined();
	});

	test('what comes from one address pushes out its own oldest, and nobody else’s', async () => {
		const world = await aWorld();
		const { keptForms } = world.db.tables;
		const others = await world.keptForms.keep({ to, typed }, 'another address');
		const nobodys = await world.keptForms.keep({ to, typed });
		const tokens: string[] = [];
		for (let i = 0; i < limits.formsFromOneAddress + 20; i++) {
			world.later(1000);
			tokens.push(await world.keptForms.keep({ to, typed }, 'one address'));
		}
		expect(await world.db.read.$count(keptForms)).toBe(limits.formsFromOneAddress + 2);
		for (const token of [others, nobodys, tokens.at(20), tokens.at(-1)]) expect(await world.keptForms.find(token)).toBeDefined();
		for (const token of [tokens[0], tokens[19]]) expect(await world.keptForms.find(token)).toBeUndefined();
	});
});
