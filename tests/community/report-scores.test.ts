// The folding table of moderation.md, row by row, as arithmetic.
import { describe, expect, test } from 'vitest';
import { isReason, reasons, type Reason } from '#lib/moderation.ts';
import { priorityOf, reasonToFold, scoreOf, warningsToAdd, type Weighed } from '#server/community/report-scores.ts';

const all = Object.keys(reasons).filter(isReason);
const by = (reporterId: string, reason: Reason, more: Partial<Weighed> = {}): Weighed => ({
	reporterId,
	reason,
	weight: 100,
	trusted: false,
	staff: false,
	half: false,
	newcomer: false,
	suggested: [],
	...more
});
const crowd = (people: number, reason: Reason, more: Partial<Weighed> = {}) =>
	Array.from({ length: people }, (_, i) => by(`member ${i}`, reason, more));
const staff = (reason: Reason) => by('a moderator', reason, { weight: 600, trusted: true, staff: true });

describe.each(['child_safety', 'threat', 'doxxing'] as const)('%s', (reason) => {
	test('folds at two reports, however light', () => {
		expect(reasonToFold(crowd(1, reason))).toBeUndefined();
		expect(reasonToFold(crowd(2, reason, { weight: 0 }))).toBe(reason);
	});

	test('folds at one report from a trusted member', () => {
		expect(reasonToFold([by('wren', reason, { trusted: true })])).toBe(reason);
	});

	test('is not folded by two accounts made today, but by four', () => {
		expect(reasonToFold(crowd(3, reason, { newcomer: true }))).toBeUndefined();
		expect(reasonToFold(crowd(4, reason, { newcomer: true }))).toBe(reason);
		expect(reasonToFold([...crowd(2, reason, { newcomer: true }), by('finch', reason)])).toBe(reason);
	});

	test('is not folded by two accounts that go after one author', () => {
		expect(reasonToFold(crowd(2, reason, { half: true }))).toBeUndefined();
		expect(reasonToFold([...crowd(2, reason, { half: true }), by('finch', reason)])).toBe(reason);
	});
});

describe.each(['sourcing', 'methods', 'spam'] as const)('%s', (reason) => {
	test('folds at weight 5, from three different reporters', () => {
		expect(reasonToFold(crowd(4, reason))).toBeUndefined();
		expect(reasonToFold(crowd(5, reason))).toBe(reason);
		expect(reasonToFold(crowd(3, reason, { weight: 166 }))).toBeUndefined();
		expect(reasonToFold(crowd(3, reason, { weight: 167 }))).toBe(reason);
	});

	test('is not folded by two, however much they weigh', () => {
		expect(reasonToFold(crowd(2, reason, { weight: 600, trusted: true }))).toBeUndefined();
	});

	test('is folded by one of staff', () => {
		expect(reasonToFold([staff(reason)])).toBe(reason);
	});
});

describe.each(['harassment', 'predatory_contact', 'impersonation'] as const)('%s', (reason) => {
	test('folds at weight 8.33', () => {
		expect(reasonToFold(crowd(8, reason))).toBeUndefined();
		expect(reasonToFold(crowd(9, reason))).toBe(reason);
		expect(reasonToFold(crowd(3, reason, { weight: 278 }))).toBe(reason);
		expect(reasonToFold(crowd(3, reason, { weight: 277 }))).toBeUndefined();
	});

	test('is not folded by one of staff alone, but with others', () => {
		expect(reasonToFold([staff(reason)])).toBeUndefined();
		expect(reasonToFold([staff(reason), by('wren', reason, { weight: 233 })])).toBe(reason);
	});
});

test.each(['worry_life', 'unkind', 'medical_advice', 'off_topic', 'other', 'missing_warning'] as const)('%s never folds', (reason) => {
	expect(reasonToFold([...crowd(50, reason, { weight: 600, trusted: true }), staff(reason)])).toBeUndefined();
});

test('every reason has its facts here', () => {
	expect(all.length).toBe(15);
});

test('weight gathers by reason: four reports of one kind and four of another fold nothing', () => {
	expect(reasonToFold([...crowd(4, 'spam'), ...crowd(4, 'sourcing')])).toBeUndefined();
});

test('the gravest reason that is reached is the one that is named', () => {
	expect(reasonToFold([...crowd(5, 'spam'), ...crowd(5, 'methods')])).toBe('methods');
});

test('reports of two that go after one author weigh half', () => {
	expect(scoreOf([...crowd(2, 'spam', { half: true, weight: 250 }), by('finch', 'spam')])).toBe(350);
});

test('a case is as grave as its gravest reason', () => {
	expect(priorityOf([...crowd(3, 'off_topic'), by('wren', 'methods')])).toBe(1);
	expect(priorityOf(crowd(1, 'worry_life'))).toBe(0);
});

describe('a missing warning', () => {
	test('is added when two suggest the same one', () => {
		expect(warningsToAdd(crowd(1, 'missing_warning', { suggested: ['suicide'] }))).toEqual([]);
		expect(warningsToAdd(crowd(2, 'missing_warning', { suggested: ['suicide'] }))).toEqual(['suicide']);
		expect(
			warningsToAdd([by('wren', 'missing_warning', { suggested: ['suicide'] }), by('finch', 'missing_warning', { suggested: ['grief'] })])
		).toEqual([]);
	});

	test('is not added by two accounts made today, but by four', () => {
		const today = { suggested: ['suicide' as const], newcomer: true };
		expect(warningsToAdd(crowd(3, 'missing_warning', today))).toEqual([]);
		expect(warningsToAdd(crowd(4, 'missing_warning', today))).toEqual(['suicide']);
	});

	test('is added when one trusted member suggests it', () => {
		expect(warningsToAdd([by('wren', 'missing_warning', { suggested: ['grief', 'eating'], trusted: true })])).toEqual(['grief', 'eating']);
	});
});
