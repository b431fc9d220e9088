import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldCode, writtenCode } from '#server/community/code-letters.ts';
import { onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const another = 'another light by the shore';
const dropNothing = { dropApp: false, dropPasskeys: false };

async function withPaper(world: World) {
	const wren = await world.someone();
	return { wren, codes: (await world.recoveryCodes.first(wren)) ?? [] };
}

const byPaper = (world: World, name: string, code = '') => world.waysIn.comeIn({ name, passphrase: '', code });
const doorwayOf = (arrival: Awaited<ReturnType<typeof byPaper>>) => ('doorway' in arrival ? arrival.doorway : '');
const typedBadly = (code: string) => ` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(' ', '-–')}\t`;

describe('letters', () => {
	test('120 bits become 24 letters in groups of four, and back in any case and spacing', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 15, maxLength: 15 }), fc.constantFrom('', ' ', '-', '\n', ' – ', '.'), (bytes, between) => {
				const code = writtenCode(bytes);
				expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}$/);
				expect(foldCode(code)).toBe(code.replaceAll(' ', ''));
				expect(foldCode([...code.toLowerCase()].join(between))).toBe(foldCode(code));
				expect(foldCode(typedBadly(code))).toBe(foldCode(code));
			})
		);
	});

	test('every bit counts', () => {
		const bytes = randomBytes(15);
		const changed = Array.from({ length: 120 }, (_, bit) => {
			const other = Buffer.from(bytes);
			other.writeUInt8(other.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
			return writtenCode(other);
		});
		expect(new Set([writtenCode(bytes), ...changed]).size).toBe(121);
	});

	test('what is no code is none', () => {
		for (const typed of [
			'',
			'123456',
			'U'.repeat(24),
			'A'.repeat(23),
			'A'.repeat(25),
			'\0'.repeat(24),
			'A '.repeat(60_000),
			'‮'.repeat(24)
		])
			expect(foldCode(typed)).toBeUndefined();
		fc.assert(fc.property(fc.string(), (typed) => [undefined, 24].includes(foldCode(typed)?.length)));
	});
});

onBothDatabases((aWorld) => {
	test('[ASVS 6.5.2] [ASVS 6.5.3] a newcomer has eight different codes, of which the store keeps only a hash each', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		expect(new Set(codes).size).toBe(8);
		const rows = await world.db.read.select().from(world.db.tables.recoveryCodes);
		const hashes = codes.map((code) =>
			createHash('sha256')
				.update(`recovery code ${foldCode(code)}`)
				.digest('hex')
		);
		expect(rows.map(({ hash }) => hash).toSorted()).toEqual(hashes.toSorted());
		expect(await world.recoveryCodes.first(wren)).toBeUndefined();
		expect(await world.recoveryCodes.left(wren)).toBe(8);
	});

	test('a code on paper lets its member set a new passphrase, however it is typed, and nothing else before that', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		const arrival = await world.waysIn.comeIn({ name: wren.name.toUpperCase(), passphrase: '', code: typedBadly(codes[3] ?? '') });
		expect(arrival).toEqual({ doorway: expect.any(String), needs: 'passphrase' });
		const doorway = doorwayOf(arrival);
		expect(await world.sessions.find(doorway)).toBeUndefined();
		expect(await world.waysIn.atDoorway(doorway)).toMatchObject({ needs: 'passphrase', name: wren.name, app: false, passkeys: false });
		await expect(world.waysIn.renew(doorway, { passphrase: 'short', ...dropNothing })).rejects.toMatchObject({
			problems: { passphrase: expect.any(String) }
		});
		const renewed = await world.waysIn.renew(doorway, { passphrase: another, ...dropNothing });
		expect(renewed.actor).toEqual(wren);
		expect(await world.members.signIn({ name: wren.name, passphrase: another })).toEqual(wren);
		await expect(world.members.signIn({ name: wren.name, passphrase })).rejects.toHaveProperty('problems');
	});

	test('[ASVS 6.5.1] [ASVS 7.4.3] using a code ends every session at once, and the new passphrase brings a new set', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		const finch = await world.sessions.begin(await world.someone(), { secure: true });
		const open = await Promise.all([1, 2, 3].map(() => world.sessions.begin(wren, { secure: true })));
		const doorway = doorwayOf(await byPaper(world, wren.name, codes[0]));
		for (const { cookie } of open) expect(await world.sessions.find(cookie.value)).toBeUndefined();
		expect(await world.sessions.find(finch.cookie.value)).toBeDefined();
		expect(world.told).toContainEqual({ type: 'sessions.ended', member: wren.id });
		expect(await world.recoveryCodes.left(wren)).toBe(7);
		await expect(byPaper(world, wren.name, codes[0])).rejects.toHaveProperty('problems');
		// Whoever knew the old passphrase came in between: the new one shows them out.
		const between = await world.sessions.begin(wren, { secure: true });
		const { codes: fresh } = await world.waysIn.renew(doorway, { passphrase: another, ...dropNothing });
		expect(await world.sessions.find(between.cookie.value)).toBeUndefined();
		for (const old of codes) await expect(byPaper(world, wren.name, old)).rejects.toThrow();
		world.later(60 * 60_000);
		expect(await byPaper(world, wren.name, fresh[7])).toMatchObject({ needs: 'passphrase' });
	});

	test('a code is good for its own member only, and unknown names hear the same words', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		const finch = await world.someone();
		const right = writtenCode(randomBytes(15));
		const answers = [];
		for (const [name, code] of [
			[finch.name, codes[0]],
			[wren.name, right],
			['Nobody Here', codes[0]],
			['', right]
		])
			answers.push(await byPaper(world, name ?? '', code).catch((problem) => problem.problems));
		expect(answers[0]).toEqual({ form: expect.stringContaining('do not fit together') });
		for (const answer of answers) expect(answer).toEqual(answers[0]);
		expect(await world.recoveryCodes.left(wren)).toBe(8);
	});

	test('[ASVS 6.1.1] strangers who guess all day, at the passphrase or at codes, do not shut out the one who has the paper', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		for (const name of [wren.name, 'Nobody Here']) {
			for (let tries = 0; tries < 10; tries++) {
				await world.members.signIn({ name, passphrase: 'not the one at all' }).catch(() => undefined);
				expect(await byPaper(world, name, writtenCode(randomBytes(15))).catch((problem) => problem)).toHaveProperty('problems.form');
			}
			await expect(world.members.signIn({ name, passphrase })).rejects.toMatchObject({ code: 'too_many' });
		}
		expect(await byPaper(world, wren.name, codes[0])).toMatchObject({ needs: 'passphrase' });
	});

	test('a new passphrase or a new paper shuts whatever door the old one had half opened', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		const shut = async (doorway: string) =>
			expect(world.waysIn.renew(doorway, { passphrase: another, ...dropNothing })).rejects.toMatchObject({ code: 'doorway_closed' });
		const first = doorwayOf(await byPaper(world, wren.name, codes[0]));
		await world.members.changePassphrase(wren, { current: passphrase, passphrase: another }, 'none');
		await shut(first);
		const second = doorwayOf(await byPaper(world, wren.name, codes[1]));
		await world.recoveryCodes.renew(wren, { passphrase: another });
		await shut(second);
	});

	test('a doorway closes after a quarter of an hour, opens once, and leads nowhere else', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		const late = doorwayOf(await byPaper(world, wren.name, codes[0]));
		world.later(15 * 60_000);
		await expect(world.waysIn.renew(late, { passphrase: another, ...dropNothing })).rejects.toMatchObject({ code: 'doorway_closed' });
		const first = doorwayOf(await byPaper(world, wren.name, codes[1]));
		const second = doorwayOf(await byPaper(world, wren.name, codes[2]));
		await expect(world.waysIn.renew(first, { passphrase: another, ...dropNothing })).rejects.toMatchObject({ code: 'doorway_closed' });
		await expect(world.waysIn.giveCode(second, codes[3] ?? '')).rejects.toMatchObject({ code: 'doorway_closed' });
		const twice = [another, 'a third one over the hill'].map((next) => world.waysIn.renew(second, { passphrase: next, ...dropNothing }));
		const settled = await Promise.allSettled(twice);
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const token of [undefined, '', 'x'.repeat(100_000), '\u0000'])
			await expect(world.waysIn.renew(token, { passphrase: another, ...dropNothing })).rejects.toMatchObject({ code: 'doorway_closed' });
	});

	test('a new set needs the passphrase, and makes the old one worthless', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		await expect(world.recoveryCodes.renew(wren, { passphrase: 'a guess' })).rejects.toMatchObject({
			problems: { again: expect.any(String) }
		});
		const fresh = await world.recoveryCodes.renew(wren, { passphrase });
		expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
		await expect(byPaper(world, wren.name, codes[0])).rejects.toHaveProperty('problems');
		expect(await world.recoveryCodes.left(wren)).toBe(8);
	});

	test('a set on its way to its page opens for its member and for ten minutes only', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		const finch = await world.someone();
		const wrapped = world.recoveryCodes.wrap(wren, codes);
		expect(wrapped).not.toContain(codes[0]?.slice(0, 4));
		expect(world.recoveryCodes.unwrap(wren, wrapped)).toEqual(codes);
		expect(world.recoveryCodes.unwrap(finch, wrapped)).toBeUndefined();
		for (const other of [undefined, '', `${wrapped}x`, wrapped.replace(/.$/, ''), 'of-the-world.', 'x.y.z'])
			if (other !== wrapped) expect(world.recoveryCodes.unwrap(wren, other)).toBeUndefined();
		world.later(10 * 60_000);
		expect(world.recoveryCodes.unwrap(wren, wrapped)).toBeUndefined();
	});

	test('a code that is used twice at once is used once, a thousand times over', { timeout: 120_000 }, async () => {
		const world = await aWorld();
		const wren = await world.someone();
		// On PostgreSQL each race is several round trips with a retry: a hundred of them say the same in the time there is.
		const races = world.url.startsWith('file:') ? 1000 : 100;
		let won = 0;
		for (let race = 0; race < races; race += 8) {
			const codes = await world.db.write((tx) => world.recoveryCodes.replace(tx, wren.id));
			for (const code of codes.slice(0, races - race)) {
				const folded = foldCode(code) ?? '';
				const spend = () => world.db.write((tx) => world.recoveryCodes.spend(tx, wren.id, folded));
				won += (await Promise.all([spend(), spend()])).filter(Boolean).length;
			}
		}
		expect(won).toBe(races);
	});

	test('two people at two doors with one code: one comes in', async () => {
		const world = await aWorld();
		const { wren, codes } = await withPaper(world);
		for (const code of codes.slice(0, 4)) {
			const settled = await Promise.allSettled([byPaper(world, wren.name, code), byPaper(world, wren.name, code)]);
			expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			world.later(60_000);
		}
	});
});
