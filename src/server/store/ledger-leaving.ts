// The ledger of what is remembered of those who left: nothing that leads back to anybody.
import type { LedgerOf } from './ledger-words.ts';
import type { LeavingTables } from './tables.ts';

export const leavingLedger = {
	erasedNames: {
		what: 'Names that nobody is offered again',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'site',
		columns: { tag: ['secret hash', 'Knows the name of somebody who left again, so that nobody else gets it. It cannot be read.'] }
	},
	erasings: {
		what: 'Erasures under way',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'erasing',
		columns: {
			id: ['random id', 'The row’s own number.'],
			askedAt: ['moment', 'Since when. Not whose.']
		}
	},
	keptEvidence: {
		what: 'Reports in a grave case that is still open, of which words go when it closes',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'open case',
		columns: {
			reportId: ['link', 'The report.'],
			note: ['state', 'Whether the note goes: who wrote it has left.'],
			snapshot: ['state', 'Whether the copy of the post goes: its author erased it.']
		}
	}
} as const satisfies LedgerOf<LeavingTables>;
