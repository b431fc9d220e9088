// Every column of the store, declared: a table or column that is missing here does not compile, and a test reads the real schemas.
import { accountLedger } from './ledger-accounts.ts';
import { coreLedger } from './ledger-core.ts';
import { doorLedger } from './ledger-doors.ts';
import { leavingLedger } from './ledger-leaving.ts';
import { liveLedger } from './ledger-live.ts';
import { moderationLedger } from './ledger-moderation.ts';
import { pageLedger } from './ledger-pages.ts';
import { maskLedger } from './ledger-masks.ts';
import { sealedLedger } from './ledger-sealed.ts';
import { peopleLedger } from './ledger-people.ts';
import type { Entry, LedgerOf, Told } from './ledger-words.ts';
import type { Tables } from './tables.ts';

const declared = {
	...coreLedger,
	...liveLedger,
	...moderationLedger,
	...accountLedger,
	...doorLedger,
	...pageLedger,
	...sealedLedger,
	...peopleLedger,
	...leavingLedger,
	...maskLedger
} as const satisfies LedgerOf<Tables, Extract<keyof Tables, string>>;

export type TableName = Extract<keyof Tables, string>;
export const ledger: Record<TableName, Entry<string, TableName>> = declared;
export const tableNames = Object.keys(declared) as TableName[];

type HandMade = {
	what: string;
	/** Whose words they hold again, and with whose rows they go. */ with?: TableName;
	columns: Record<string, Told>;
};

const searchPosts = {
	post_id: ['link', 'The post.'],
	board: ['link', 'The board, to search in one.'],
	at: ['moment', 'When it was posted, for the order.'],
	rules: ['counter', 'Which rules cut the words.'],
	title: ['public words', 'The title, cut into words.']
} as const satisfies Record<string, Told>;
const inside = (what: string): Told => ['public words', what];
const migrations: HandMade = {
	what: 'Which changes of the database have been made',
	columns: { name: ['state', 'The change.'], hash: ['state', 'Its fingerprint.'] }
};

/** Tables made by migrations alone, as each database names them. */
export const handMade: Record<'sqlite' | 'postgres', Record<string, HandMade>> = {
	sqlite: {
		migrations,
		search_posts: {
			what: 'Your standing posts again, cut into words for the search',
			with: 'posts',
			columns: { number: ['counter', 'Their order.'], ...searchPosts, body: inside('The words, cut.') }
		},
		search_words: {
			what: 'The search index over them',
			with: 'posts',
			columns: {
				words: inside('The words and the board.'),
				search_words: ['state', 'The index speaks to itself through it.'],
				rank: ['counter', 'Not used.']
			}
		},
		search_words_data: {
			what: 'The search index inside',
			with: 'posts',
			columns: { id: ['counter', 'A page.'], block: inside('Its words.') }
		},
		search_words_idx: {
			what: 'The search index inside',
			with: 'posts',
			columns: { segid: ['counter', 'A part.'], term: inside('A word.'), pgno: ['counter', 'Its page.'] }
		},
		search_words_config: { what: 'Settings of the search index', columns: { k: ['state', 'A setting.'], v: ['state', 'Its value.'] } }
	},
	postgres: {
		migrations,
		search_posts: {
			what: 'Your standing posts again, cut into words for the search',
			with: 'posts',
			columns: {
				post_id: searchPosts.post_id,
				at: searchPosts.at,
				rules: searchPosts.rules,
				words: inside('All words, cut, with the board and the time.')
			}
		}
	}
};

/** What no column holds, whoever asks. */
export const neverKept = [
	'An e-mail address, a phone number, a real name or a birthday.',
	'The address of a connection (IP address).',
	'The browser, phone or computer that was used.',
	'Where somebody is. A country is only what they chose themselves.',
	'Which pages somebody read without signing in.',
	'A passphrase, or the key in a browser: only hashes of them.'
] as const;
