// The ledger of what is kept sealed, without saying whose it is.
import type { LedgerOf } from './ledger-words.ts';
import type { SealedTables } from './tables.ts';

export const sealedLedger = {
	sealedRows: {
		what: 'Your drafts and other things that only you see, kept without your name',
		about: [],
		subject: 'sealed',
		seen: 'you',
		kept: 'shelf',
		prune: [{ kept: 'shelf', from: 'keptOn' }],
		columns: {
			tag: [
				'secret hash',
				'Finds it again, with a key that is not in the database. Without that key nobody can tell whose it is.',
				{ seen: 'program' }
			],
			sealed: ['sealed', 'What you keep, locked, with spaces behind it so that its length says little.'],
			keptOn: ['day', 'Of a draft: the day you last changed it, not the hour. Otherwise no day at all.'],
			turnedOn: [
				'day',
				'The day on which all such rows, whoever they belong to, were last given new tags: so nobody can follow one from day to day.',
				{ seen: 'program' }
			]
		}
	},
	readingMarks: {
		what: 'When you last opened a story, kept without your name',
		about: [],
		subject: 'sealed',
		seen: 'you',
		kept: 'reading',
		prune: [{ kept: 'reading', from: 'keptOn' }],
		columns: {
			tag: [
				'secret hash',
				'Finds it again when you open the story. Without the key nobody can tell whose it is, or of which story.',
				{ seen: 'program' }
			],
			sealed: ['sealed', 'Your last visit and the one before, locked, so that what is new can be marked.'],
			keptOn: ['day', 'The day of that visit. Not the hour.']
		}
	}
} as const satisfies LedgerOf<SealedTables>;
