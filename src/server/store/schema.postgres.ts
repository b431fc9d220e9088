// What drizzle-kit reads to write drizzle/postgres.
import { words } from './columns.postgres.ts';
import { defineTables } from './tables.ts';

export const {
	members,
	sessions,
	offeredNames,
	keptForms,
	boards,
	threads,
	posts,
	postRevisions,
	encouragements,
	reports,
	cases,
	caseEvents,
	decisions,
	sanctions,
	notices,
	journeys,
	journeyEntries,
	medals,
	celebrations,
	cheers,
	stream,
	threadReads,
	follows,
	bookmarks,
	drafts,
	recoveryCodes,
	passkeys,
	timeCodes,
	spent,
	doorways
} = defineTables(words);
