// A thief who reads the log of the store commit by commit, without the key file, and joins commits by the rows of the shelf that they touch.
import type { Commit } from './log.ts';
import type { Row } from './thief.ts';

const cell = ({ cells }: Row, ...columns: string[]) => cells.find(([name]) => columns.includes(name))?.[1];
/** What one request writes next to one another. */
const near = 2;

export function logThief(commits: Commit[], members: ReadonlySet<string>) {
	const tagsIn = commits.map((rows) => [...new Set(rows.flatMap((row) => (row.table === 'sealed_rows' ? String(cell(row, 'tag')) : [])))]);
	const namesIn = commits.map((rows) => [
		...new Set(rows.flatMap(({ cells }) => cells.flatMap(([, value]) => (members.has(String(value)) ? [String(value)] : []))))
	]);
	const touching = new Map<string, number[]>();
	for (const [i, tags] of tagsIn.entries()) for (const tag of tags) touching.set(tag, [...(touching.get(tag) ?? []), i]);
	const waiting = new Map<string, number>();
	for (const [i, rows] of commits.entries())
		for (const row of rows)
			if (row.table === 'waiting_masks' && !waiting.has(String(cell(row, 'id')))) waiting.set(String(cell(row, 'id')), i);

	/** How much speaks for whom. Rows lead to the commits that touch them, and those to names and to more rows; the more a commit touches the less it says. */
	return function suspects(post: string): Map<string, number> {
		const votes = new Map<string, number>();
		const pressed = waiting.get(post);
		if (pressed === undefined) return votes;
		const here = new Set(Array.from({ length: 2 * near + 1 }, (_, i) => pressed - near + i));
		const seen = new Set<string>();
		let found = [...here].flatMap((i) => (tagsIn[i] ?? []).map((tag) => ({ tag, says: 1 / (1 + Math.abs(i - pressed)) ** 2 })));
		for (let hop = 0; hop < 3; hop++) {
			const further: typeof found = [];
			for (const { tag, says } of found) {
				if (seen.has(tag)) continue;
				seen.add(tag);
				const at = (touching.get(tag) ?? []).filter((i) => !here.has(i));
				for (const i of at) {
					for (const [beside, part] of [
						[i, 1],
						[i - 1, 0.05],
						[i + 1, 0.05]
					] as const)
						for (const name of here.has(beside) ? [] : (namesIn[beside] ?? []))
							votes.set(name, (votes.get(name) ?? 0) + (says * part) / at.length / (namesIn[beside]?.length ?? 1));
					const others = (tagsIn[i] ?? []).filter((other) => other !== tag);
					further.push(...others.map((other) => ({ tag: other, says: (says * 0.5) / at.length / others.length })));
				}
			}
			found = further;
		}
		return votes;
	};
}
