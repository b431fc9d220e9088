// The kind answers without words, in the order they are shown. There is no down-vote and no public score.
export const encouragements = ['with_you', 'been_there', 'proud_of_you', 'thank_you', 'sending_strength'] as const;
export type Encouragement = (typeof encouragements)[number];

export const encouragementWords: Record<Encouragement, string> = {
	with_you: 'With you',
	been_there: 'Been there',
	proud_of_you: 'Proud of you',
	thank_you: 'Thank you',
	sending_strength: 'Sending strength'
};

export function isEncouragement(value: string): value is Encouragement {
	return encouragements.some((kind) => kind === value);
}
