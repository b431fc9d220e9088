import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	confirmation,
	countries,
	findCountry,
	particulars,
	provenance,
	signposts,
	signpostsFor,
	smsHref,
	telephones,
	unconfirmed
} from '#lib/signposts.ts';

const codes = countries().map((country) => country.code);
const digits = (text: string | null) => (text ?? '').replace(/\D/g, '');
const theLine = (name: string) => {
	const found = signposts.find((line) => line.name === name);
	if (!found) throw new Error(`no line called ${name}`);
	return found;
};
const confirmedOn = (verified_on: string) => ({ ...theLine('FRANK'), verified_on });

describe('for every country', () => {
	test.each(codes)('%s has one to three lines, each of its own', (code) => {
		const { lines } = signpostsFor(code);
		expect(lines.length).toBeGreaterThanOrEqual(1);
		expect(lines.length).toBeLessThanOrEqual(3);
		expect(new Set(lines).size).toBe(lines.length);
		expect(new Set(lines.map((line) => line.country))).toEqual(new Set([code]));
	});

	test.each(codes)('%s shows its emergency number first, or says that it has none', (code) => {
		const { lines, advice } = signpostsFor(code);
		const onFile = signposts.some((line) => line.country === code && line.kind === 'emergency');
		expect(lines[0]?.kind === 'emergency').toBe(onFile);
		expect(advice.some((words) => words.includes('no emergency number'))).toBe(!onFile);
	});

	test.each(codes)('%s shows a line for a life in crisis when it has one', (code) => {
		const onFile = signposts.some((line) => line.country === code && line.kind === 'suicide');
		expect(signpostsFor(code).lines.some((line) => line.kind === 'suicide')).toBe(onFile);
	});

	test.each(codes)('%s keeps a place for a line about use or overdose when it has one', (code) => {
		const aboutUse = (line: (typeof signposts)[number]) => line.kind === 'overdose' || line.kind === 'addiction';
		const onFile = signposts.some((line) => line.country === code && aboutUse(line));
		expect(signpostsFor(code).lines.some(aboutUse)).toBe(onFile);
	});
});

test('the lines for the United States are 911, 988 and the helpline somebody has read about', () => {
	expect(signpostsFor('US').lines.map((line) => line.phone)).toEqual(['911', '988', '1-800-662-4357']);
});

test('a second crisis line takes a free place', () => {
	expect(signpostsFor('BE').lines.map((line) => line.phone)).toEqual(['112', '1813', '0800 32 123']);
});

test('116 123 is shown only where it is on file, never across the EU', () => {
	const shown = codes.filter((code) => signpostsFor(code).lines.some((line) => digits(line.phone) === '116123'));
	expect(shown.toSorted()).toEqual(['GB', 'IE', 'LV', 'NO']);
	expect(codes).not.toContain('EU');
});

test.each([undefined, '', 'XX', 'EU', 'constructor', '<b>'])('%j is no country: no lines, general advice', (asked) => {
	const { lines, advice } = signpostsFor(asked);
	expect(lines).toEqual([]);
	expect(advice[0]).toContain('112');
	expect(findCountry(asked)).toBeUndefined();
});

test('a country is found however its code is typed', () => {
	expect(findCountry(' gb ')).toEqual({ code: 'GB', name: 'United Kingdom' });
});

test('countries stand in order of their plain names, each once', () => {
	const names = countries().map((country) => country.name);
	expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
	expect(names).toContain('New Zealand');
	expect(new Set(codes).size).toBe(codes.length);
});

test('every record of the file is a signpost with a number, and can be shown for its country', () => {
	const file = JSON.parse(readFileSync(new URL('../../src/lib/signposts.json', import.meta.url), 'utf8'));
	expect(signposts.length).toBe(file.records.length);
	for (const line of signposts) expect(telephones(line.phone).length + (line.sms ? 1 : 0)).toBeGreaterThan(0);
	expect(codes.toSorted()).toEqual([...new Set(signposts.map((line) => line.country))].toSorted());
});

describe('how far a line may be trusted', () => {
	const now = new Date('2027-06-30T12:00:00Z');

	test('a line nobody has confirmed says so', () => {
		expect(confirmation(theLine('FRANK'), now)).toEqual({ state: 'unconfirmed', words: unconfirmed });
	});

	test('a line confirmed 180 days ago still counts, one day more does not', () => {
		expect(confirmation(confirmedOn('2027-01-01'), now)).toEqual({
			state: 'confirmed',
			words: 'Confirmed on 1 January 2027'
		});
		const old = confirmation(confirmedOn('2026-12-31'), now);
		expect(old.state).toBe('old');
		expect(old.words).toContain('31 December 2026');
	});

	test.each(['2028-01-01', 'yesterday', ''])('the date %j confirms nothing', (date) => {
		expect(confirmation(confirmedOn(date), now).state).toBe('unconfirmed');
	});

	test('a line names its source, or that there is none', () => {
		expect(provenance(theLine('TelefonSeelsorge'))).toMatch(/^Source: \S/);
		expect(provenance(theLine('FRANK'))).toBe('No source on file');
	});
});

describe('what a reader can press', () => {
	test('two numbers in one record are two addresses', () => {
		expect(telephones('0800 111 0 111 or 0800 111 0 222').map((one) => one.href)).toEqual(['tel:08001110111', 'tel:08001110222']);
		expect(telephones('1-800-662-4357')).toEqual([{ shown: '1-800-662-4357', href: 'tel:18006624357' }]);
		expect(telephones(null)).toEqual([]);
	});

	test('every telephone address of the file is digits only', () => {
		for (const line of signposts) for (const { href } of telephones(line.phone)) expect(href).toMatch(/^tel:\d{2,15}$/);
	});

	test('a text address exists only for a plain number', () => {
		expect(smsHref('0477 13 11 14')).toBe('sms:0477131114');
		expect(smsHref('50808 (HELLO)')).toBeUndefined();
		expect(smsHref('435748 (send your ZIP)')).toBeUndefined();
		expect(smsHref(null)).toBeUndefined();
	});
});

describe('what a line says about itself', () => {
	test('a helpline that refers is not taken for one that counsels', () => {
		const line = theLine('SAMHSA National Helpline');
		expect(line.role).toBe('refers');
		expect(particulars(line)).toEqual(['Day and night', 'Points you to help near you, does not counsel', 'English, Spanish']);
	});

	test('cost and hours are told in words', () => {
		expect(particulars(theLine('Sucht & Drogen Hotline'))).toContain('The call costs money');
		expect(particulars(theLine('3114'))).toContain('Free to call');
		expect(particulars(theLine('Livslinien'))).toEqual(['Open 11:00 to 04:00']);
	});

	test('what the file does not know is not claimed', () => {
		expect(theLine('FRANK')).toMatchObject({ role: 'unknown', cost: 'unknown', languages: [] });
	});
});
