// Content warnings that somebody else than the author set: staff by a decision, or readers' suggestions for now.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { isWarning, type Warning } from '#lib/warnings.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';

type Line = { kind: string; detail: Record<string, string | number | string[]> };
const listed = ({ detail }: Line) => (Array.isArray(detail.warnings) ? detail.warnings.filter(isWarning) : []);

/** What the log of a post's cases says, the oldest line first. A decision confirms what readers suggested, or takes it back. */
function setByOthers(log: Line[]) {
	const decided = new Set<Warning>();
	const forNow = new Set<Warning>();
	let justDecided: Warning[] = [];
	for (const line of log) {
		if (line.kind === 'warning_added') for (const warning of listed(line)) forNow.add(warning);
		else if (line.kind === 'applied') {
			// Putting a post back overturns the decision before it.
			if (line.detail.post_action === 'restore') for (const warning of justDecided) decided.delete(warning);
			justDecided = listed(line);
			for (const warning of justDecided) decided.add(warning);
		} else {
			if (line.detail.outcome === 'upheld') for (const warning of forNow) decided.add(warning);
			forNow.clear();
		}
	}
	return { decided, forNow };
}

async function logsOf(q: Queries, { cases, caseEvents }: Tables, postIds: string[]): Promise<(Line & { postId: string })[]> {
	if (postIds.length === 0) return [];
	return q
		.select({ postId: cases.postId, kind: caseEvents.kind, detail: caseEvents.detail })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(and(inArray(cases.postId, postIds), inArray(caseEvents.kind, ['warning_added', 'applied', 'closed'])))
		.orderBy(asc(caseEvents.at), asc(caseEvents.version));
}

/** Which warnings of these posts their authors cannot take off, by post. */
export async function keptWarnings(q: Queries, tables: Tables, posts: { id: string; warnings: Warning[] }[]) {
	const warned = posts.filter(({ warnings }) => warnings.length > 0);
	const logs = await logsOf(
		q,
		tables,
		warned.map(({ id }) => id)
	);
	return new Map(
		warned.map(({ id, warnings }) => {
			const { decided, forNow } = setByOthers(logs.filter(({ postId }) => postId === id));
			return [id, warnings.filter((warning) => decided.has(warning) || forNow.has(warning))];
		})
	);
}

/** Warnings that readers' suggestions added and no decision has confirmed. */
export async function provisionalWarnings(q: Queries, tables: Tables, postId: string): Promise<Warning[]> {
	return [...setByOthers(await logsOf(q, tables, [postId])).forNow];
}
