// What somebody who leaves may let stand without their name. Everything else always goes.
export const kinds = {
	posts: {
		title: 'Your stories and answers',
		keep: 'Let them stand. Others still read the words, under “A former member”.',
		erase: 'Erase them. Where others answered, an empty place stays, so that their answers make sense.'
	},
	masks: {
		title: 'What you wrote without your name',
		keep: 'Let it stand under the other name it has. Nobody can tell that it was yours.',
		erase: 'Erase it too. It goes in the same moment as your name, so somebody who watches closely may guess.'
	},
	encouragements: {
		title: 'Your encouragements',
		keep: 'Let them stand. Others only ever saw how many.',
		erase: 'Take them back.'
	},
	celebrations: {
		title: 'Celebrations you shared',
		keep: 'Let them stand, under “A former member”.',
		erase: 'Erase them.'
	},
	cheers: { title: 'Cheers you gave', keep: 'Let them stand. Others only ever saw how many.', erase: 'Take them back.' }
} as const;

export type Kept = keyof typeof kinds;
export const isKept = (kind: string): kind is Kept => Object.hasOwn(kinds, kind);
export const allKinds = Object.keys(kinds).filter(isKept);
