// The ledger as the privacy page tells it: who sees what, how long it stays, and each field by its purpose.
import { ledger, neverKept, tableNames, type TableName } from '#server/store/ledger.ts';
import { retentions, type Class, type Seen } from '#server/store/ledger-words.ts';

export type KeptThing = { what: string; kept: string; fields: { purpose: string; kind: Class; kept: string | undefined }[] };

const isSomebodys = (name: TableName) => ledger[name].about.length > 0 || ledger[name].subject === 'sealed';

/** What of each table these may see; fields that only join rows to one another are left out of the count of things. */
function seenBy(...seen: Seen[]): KeptThing[] {
	return tableNames.flatMap((name) => {
		const { what, kept, columns, seen: usually } = ledger[name];
		if (!isSomebodys(name) && seen[0] !== 'program') return [];
		const fields = Object.values(columns)
			.filter(([, , other]) => seen.includes(other?.seen ?? usually))
			.map(([kind, purpose, other]) => ({ purpose, kind, kept: other?.kept && retentions[other.kept].words }));
		const tells = fields.some(({ kind }) => !['random id', 'link'].includes(kind));
		return tells ? [{ what, kept: retentions[kept].words, fields }] : [];
	});
}

/** How long things stay: a sentence, and what it holds for. */
function times(): { words: string; things: string[] }[] {
	const told = new Map<string, Set<string>>();
	for (const name of tableNames) {
		const { what, kept } = ledger[name];
		if (!isSomebodys(name)) continue;
		const { words } = retentions[kept];
		told.set(words, (told.get(words) ?? new Set()).add(what));
	}
	return [...told].map(([words, things]) => ({ words, things: [...things] }));
}

export function whatIsKept() {
	return {
		others: seenBy('everyone'),
		you: seenBy('you', 'you and staff'),
		staff: seenBy('you and staff', 'staff'),
		program: seenBy('program'),
		times: times(),
		never: [...neverKept]
	};
}
