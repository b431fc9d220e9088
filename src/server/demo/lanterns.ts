// The demo's journeys and the lanterns lit over the last weeks, with cheers.
import type { Community } from '#server/community/community.ts';
import type { Actor } from '#server/community/means.ts';

const day = 24 * 60 * 60_000;

/** Who lit which lantern so many days ago, and what they said. The journey began as long before as the lantern says. */
const lanterns: { by: string; milestone: string; run: number; ago: number; words: string }[] = [
	{ by: 'p04', milestone: '90d', run: 90, ago: 0.02, words: 'First spring I can smell the rain.' },
	{ by: 'p26', milestone: '1y', run: 366, ago: 0.2, words: '' },
	{ by: 'p11', milestone: '24h', run: 1, ago: 0.4, words: 'Again. Still here.' },
	{ by: 'p32', milestone: '30d', run: 30, ago: 1.1, words: 'My daughter drew me a calendar.' },
	{ by: 'p07', milestone: '7d', run: 7, ago: 1.6, words: 'Una semana entera.' },
	{ by: 'p40', milestone: '6m', run: 184, ago: 2.3, words: 'Half a year. The dog noticed first.' },
	{ by: 'p15', milestone: '14d', run: 14, ago: 3.2, words: '' },
	{ by: 'p29', milestone: '3y', run: 1097, ago: 4.5, words: 'I forgot the date until lunch. That is the whole news.' },
	{ by: 'p02', milestone: '60d', run: 60, ago: 6, words: 'Sixty mornings without bargaining.' },
	{ by: 'p35', milestone: '3d', run: 3, ago: 7.4, words: '' },
	{ by: 'p18', milestone: '9m', run: 275, ago: 9, words: 'Long enough to grow a person, says my sister.' },
	{ by: 'p44', milestone: '18m', run: 548, ago: 12, words: '' },
	{ by: 'p09', milestone: '2y', run: 732, ago: 16, words: 'Two years. I came to say thank you and to wash up.' },
	{ by: 'p21', milestone: '2d', run: 2, ago: 20, words: '' },
	{ by: 'p38', milestone: '10y', run: 3654, ago: 24, words: 'Ten. To whoever is on day one tonight: this room was here for me.' }
];

const victories = [
	{ by: 'p06', ago: 0.9, words: 'Walked past the shop and did not rehearse an excuse.' },
	{ by: 'p30', ago: 5.1, words: 'Slept through until six.' },
	{ by: 'p13', ago: 10.5, words: 'Told my doctor the real number.' }
];

/** Oldest first; `at` sets the demo's clock. */
export async function lightLanterns(
	community: Community,
	person: (key: string) => Actor,
	cheerers: Actor[],
	at: (moment: number) => void,
	present: number,
	roll: (below: number) => number
) {
	const all = [...lanterns, ...victories.map((victory) => ({ ...victory, milestone: 'victory', run: 0 }))].sort(
		(one, other) => other.ago - one.ago
	);
	for (const { by, milestone, run, ago, words } of all) {
		const actor = person(by);
		const moment = present - ago * day;
		at(moment);
		if (milestone === 'victory') await community.celebrations.victory(actor, { words, when: 'now', key: `demo-${by}` });
		else {
			const startedOn = new Date(moment - (run + 1) * day).toISOString().slice(0, 10);
			await community.journeys.begin(actor, { kind: 'stop', words: 'drinking', startedOn, zone: 'UTC', dayEnds: 0, firstDay: 0 });
			await community.celebrations.celebrate(actor, { milestone, words, when: 'now', key: `demo-${by}` });
		}
		const [newest] = (await community.celebrations.feed(undefined, undefined, 1)).celebrations;
		for (const cheerer of cheerers.slice(0, 3 + roll(cheerers.length - 3))) {
			if (newest && cheerer.id !== actor.id) await community.celebrations.cheer(cheerer, newest.id);
		}
	}
}
