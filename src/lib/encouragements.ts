// Kind answers without words. There is no down-vote and no public score.
export const encouragementWords = {
	with_you: 'With you',
	been_there: 'Been there',
	proud_of_you: 'Proud of you',
	thank_you: 'Thank you',
	sending_strength: 'Sending strength'
} as const;

export type Encouragement = keyof typeof encouragementWords;
const kinds: string[] = Object.keys(encouragementWords);

export function isEncouragement(kind: string): kind is Encouragement {
	return kinds.includes(kind);
}
