// Members, their sessions, journeys and celebrations.
import { agreementVersion } from '#lib/agreement.ts';
import { dayOf } from '#server/community/lucia-adapter.ts';
import { combinations, foldName, offerName } from '#server/community/pseudonyms.ts';
import { row, type Row } from './history.ts';
import type { Chance } from './random.ts';
import { age, day, type Shape } from './shape.ts';
import { vocabulary } from './vocabulary.ts';

const milestones = ['7d', '30d', '60d', '90d', '6m', '1y'];

/** Everybody joined before the first story; `passphraseHash` is everybody's. */
export function* members(chance: Chance, people: string[], now: number, passphraseHash: string): Generator<Row> {
	const names = new Set<string>();
	while (names.size < people.length && names.size < combinations) names.add(offerName(chance.below));
	for (const [i, name] of [...names].entries())
		yield row('members', {
			...{ id: people[i], name, nameFolded: foldName(name), passphraseHash, joinedAt: now - age - day * (1 + chance.below(100)) },
			...{ agreementVersion, role: i === 0 ? 'administrator' : i < 4 ? 'moderator' : 'member', warningChoices: {} }
		});
}

/** Every second member keeps a journey; one celebration for every twenty posts, with cheers. */
export function* celebrations(chance: Chance, { posts }: Shape, people: string[], now: number): Generator<Row> {
	const { below, random, one, newId } = chance;
	const { some } = vocabulary(chance);
	for (const [i, memberId] of people.entries()) {
		if (i % 2 === 0) continue;
		const [id, begunAt] = [newId(), now - 400 * day - below(200) * day];
		const startedOn = dayOf(begunAt);
		yield row('journeys', { id, memberId, kind: 'stop', words: '', startedOn, zone: 'UTC', dayEnds: 4, firstDay: 0, begunAt });
		yield row('journeyEntries', { id: newId(), journeyId: id, number: 1, kind: 'began', on: startedOn, words: '', at: begunAt });
		for (const milestone of milestones) yield row('medals', { id: newId(), journeyId: id, milestone, reachedOn: startedOn });
	}
	for (let i = 0; i < posts / 20; i++) {
		const [id, shareAt] = [newId(), now - Math.floor(age * random())];
		const member = below(people.length);
		const cheers = [...new Set(Array.from({ length: below(6) }, () => below(people.length)))].filter((other) => other !== member);
		yield row('celebrations', {
			...{ id, memberId: people[member], milestone: member % 2 ? one(milestones) : 'victory', words: some(3 + below(9)).join(' ') },
			...{ state: 'shared', madeAt: shareAt, shareAt, cheers: cheers.length, key: newId() }
		});
		for (const other of cheers) yield row('cheers', { id: newId(), celebrationId: id, memberId: people[other] });
	}
}
