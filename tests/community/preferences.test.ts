import { expect, test } from 'vitest';
import { readPreferences, writePreferences } from '#lib/guest-preferences.ts';
import { warnings, waysShown } from '#lib/warnings.ts';
import { onBothDatabases } from '../world.ts';

const nothingChosen = { country: undefined, hardDay: false, warnings: {} };

onBothDatabases((aWorld) => {
	test('a new member has chosen nothing', async () => {
		const world = await aWorld();
		expect(await world.preferences.of((await world.someone()).id)).toEqual(nothingChosen);
	});

	test('choices are kept for this member alone, and what is not named stays', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const finch = await world.someone();
		await world.preferences.chooseWarnings(wren, { grief: 'hide', violence: 'fold', unrelated: 'x' });
		await world.preferences.chooseWarnings(wren, { violence: 'show' });
		await world.preferences.chooseHardDay(wren, true);
		await world.preferences.chooseCountry(wren, 'de');
		expect(await world.preferences.of(wren.id)).toEqual({ country: 'DE', hardDay: true, warnings: { grief: 'hide', violence: 'show' } });
		expect(await world.preferences.of(finch.id)).toEqual(nothingChosen);
		await world.preferences.chooseHardDay(wren, false);
		await world.preferences.chooseCountry(wren, '');
		expect(await world.preferences.of(wren.id)).toMatchObject({ country: undefined, hardDay: false });
	});

	test('two choices at once are both kept', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await Promise.all(warnings.map((warning) => world.preferences.chooseWarnings(wren, { [warning]: 'hide' })));
		expect(Object.keys((await world.preferences.of(wren.id)).warnings)).toHaveLength(warnings.length);
	});

	test('a choice that does not exist is refused and nothing is written', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (const value of ['', 'maybe', ['show', 'hide'], undefined, 'toString']) {
			await expect(world.preferences.chooseWarnings(wren, { grief: value, violence: 'hide' })).rejects.toMatchObject({
				problems: { grief: expect.stringContaining('grief') }
			});
		}
		for (const country of ['XX', 'Germany', '🕯', '__proto__'])
			await expect(world.preferences.chooseCountry(wren, country)).rejects.toMatchObject({ problems: { country: expect.any(String) } });
		expect(await world.preferences.of(wren.id)).toEqual(nothingChosen);
	});
});

test('a guest’s choices survive in a small cookie', () => {
	for (const way of waysShown) {
		const chosen = { country: 'DE', hardDay: true, warnings: Object.fromEntries(warnings.map((warning) => [warning, way])) };
		const cookie = writePreferences(chosen);
		expect(encodeURIComponent(cookie).length).toBeLessThan(100);
		expect(readPreferences(cookie)).toEqual(chosen);
	}
	expect(writePreferences(nothingChosen)).toBe('');
	expect(readPreferences(writePreferences({ ...nothingChosen, warnings: { child_loss: 'hide' } }))).toEqual({
		...nothingChosen,
		warnings: { child_loss: 'hide' }
	});
});

test('a broken or foreign cookie counts as nothing chosen', () => {
	for (const cookie of [
		undefined,
		'',
		'x',
		'%',
		'w=',
		'w=zzzzzzzzz',
		'c=XX&h=2',
		'c=<script>',
		'\u0000',
		'w='.repeat(50_000),
		'{"hardDay":true}'
	]) {
		expect(readPreferences(cookie)).toEqual(nothingChosen);
	}
});
