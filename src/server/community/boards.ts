// Boards: topic rooms, defined as data and edited by an administrator.
import { and, asc, eq } from 'drizzle-orm';
import { graphemes, tidyLine } from './text.ts';
import defaults from './default-boards.json' with { type: 'json' };
import { isWarning } from '#lib/warnings.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Actor, Means, Reader } from './means.ts';
import { requireNotSuspended } from './sanctions.ts';
import { writeAs } from './write-and-tell.ts';

type Words = {
	title: string;
	section: string;
	charter: string[];
	warnings: string[];
	membersOnly: boolean;
	distress: boolean;
	titlesPublic: boolean;
	version: number;
};
const longest = { title: 60, section: 60, charter: 160 };

export function boards(means: Means) {
	const { db, now, newId } = means;
	const { boards } = db.tables;
	const columns = {
		id: boards.id,
		slug: boards.slug,
		section: boards.section,
		title: boards.title,
		charter: boards.charter,
		warnings: boards.warnings,
		membersOnly: boards.membersOnly,
		distress: boards.distress,
		titlesPublic: boards.titlesPublic,
		version: boards.version
	};

	/** Makes the default boards where there are none yet. */
	async function furnish() {
		await db.write(async (tx) => {
			if ((await tx.$count(boards)) > 0) return;
			const rows = defaults.map((board, position) => ({ ...board, warnings: board.warnings.filter(isWarning), id: newId(), position }));
			await tx.insert(boards).values(rows);
		});
	}

	/** Every board in its section, in order; a guest sees that a members-only board exists, not what is in it. */
	async function bySection() {
		const rows = await db.read.select(columns).from(boards).orderBy(asc(boards.position));
		const sections = new Map<string, typeof rows>();
		for (const board of rows) sections.set(board.section, [...(sections.get(board.section) ?? []), board]);
		return [...sections].map(([title, boards]) => ({ title, boards }));
	}

	/** The board at this address; members-only boards do not exist for guests. */
	async function theBoard(reader: Reader, slug: string) {
		const [board] = await db.read.select(columns).from(boards).where(eq(boards.slug, slug));
		if (!board || (board.membersOnly && !reader)) throw new Refusal('not_found');
		return board;
	}

	async function all(actor: Actor) {
		if (actor.role !== 'administrator') throw new Refusal('not_found');
		return db.read.select(columns).from(boards).orderBy(asc(boards.position));
	}

	async function edit(actor: Actor, slug: string, typed: Words) {
		if (actor.role !== 'administrator') throw new Refusal('not_found');
		const words = parse(typed);
		await writeAs(db, actor, async (tx) => {
			await requireNotSuspended(tx, means, actor.id, now());
			const changed = await tx
				.update(boards)
				.set({ ...words, version: typed.version + 1 })
				.where(and(eq(boards.slug, slug), eq(boards.version, typed.version)))
				.returning({ id: boards.id });
			if (changed.length > 0) return;
			throw new Refusal((await tx.$count(boards, eq(boards.slug, slug))) > 0 ? 'stale' : 'not_found');
		});
	}

	return { furnish, bySection, theBoard, all, edit };
}

function parse({ title, section, charter, warnings, membersOnly, distress, titlesPublic, version }: Words) {
	const words = { title: tidyLine(title), section: tidyLine(section), charter: charter.map(tidyLine).filter((line) => line !== '') };
	const problems: Record<string, string> = {};
	if (words.title === '' || graphemes(words.title) > longest.title)
		problems.title = `Please give the board a title of at most ${longest.title} characters.`;
	if (words.section === '' || graphemes(words.section) > longest.section)
		problems.section = `Please name a section in at most ${longest.section} characters.`;
	if (words.charter.length !== 2 || words.charter.some((line) => graphemes(line) > longest.charter))
		problems.charter = `The charter is two lines of at most ${longest.charter} characters each.`;
	if (!Number.isInteger(version) || version < 0 || version > 2 ** 31 - 2)
		problems.form = 'This form is not complete. Please open the page again; what you wrote is kept here.';
	if (!warnings.every(isWarning)) problems.warnings = 'One of these warnings is not known here.';
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
	return { ...words, warnings: warnings.filter(isWarning), membersOnly, distress, titlesPublic };
}
