// The ledger of what tells a kept page from an old one.
import type { LedgerOf } from './ledger-words.ts';
import type { PageTables } from './tables.ts';

export const pageLedger = {
	visibleVersions: {
		what: 'How often something that guests can see has changed',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'site',
		columns: {
			scope: ['link', 'The story, the board, or all of the site.'],
			slot: ['counter', 'Which of several counters.'],
			version: ['counter', 'Rises with each change, whoever made it.']
		}
	}
} as const satisfies LedgerOf<PageTables>;
