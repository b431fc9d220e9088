// What moderators asked of somebody behind a mask: that what they write so waits, which needs no name, or, after two looked behind it, a
// pause. All of it is kept on the member's shelf: a row that names them beside the decision would tell whose mask it is.
import type { Queries } from '#server/store/database.ts';
import { Refusal } from '#lib/refusals.ts';
import { wearsMask, type Author } from './authorship.ts';
import type { Means } from './means.ts';
import { keptForGood, shelfOf } from './shelf.ts';

export type MaskHold = {
	decision: string;
	until: number;
	/** Without one, what is written behind masks waits. */
	kind?: Restraint;
	/** For a pause from one board. */
	board?: string;
	/** What its notice says too, which goes when the post is erased: what still holds is never without its reason. */
	rule?: string;
	reason?: string;
	boardTitle?: string;
};
export type Restraint = 'silence' | 'board_ban' | 'suspend';
const isMaskHold = (value: unknown): value is MaskHold =>
	typeof value === 'object' && value !== null && 'decision' in value && 'until' in value && typeof value.until === 'number';

/** What the member is told of it, in a notice and for as long as it holds. */
export function holdTold({ until, kind, rule = '', reason = '', boardTitle = '' }: MaskHold): Record<string, string> {
	const why = { rule, reason, until: String(until) };
	return kind ? { sanction: kind, ...why, board: boardTitle, masked: 'yes' } : { sanction: 'hold_masks', ...why };
}

export function maskHolds(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const shelf = shelfOf(means, 'mask holds', isMaskHold);

	const standing = async (q: Queries, member: string, now: number) =>
		(await shelf.all(q, member)).flatMap(({ value }) => (value.until > now ? [value] : []));

	/** What keeps them from writing, by their name too. */
	const restraints = async (q: Queries, member: string, now: number) =>
		(await standing(q, member, now)).flatMap(({ kind, board }) => (kind ? [{ kind, boardId: board ?? null }] : []));

	/** Who of these this decision suspended. All are looked for alike: how long it takes tells nothing of who it is. */
	async function suspendedBy(q: Queries, decision: string, members: readonly string[], now: number): Promise<string[]> {
		const found = [];
		for (const member of await shelf.among(q, members)) {
			const holds = await standing(q, member, now);
			if (holds.some((hold) => hold.decision === decision && hold.kind === 'suspend')) found.push(member);
		}
		return found;
	}

	/**
	 * Whether a post waits for a moderator. A hold that a mask brought never reaches what is signed with the name, and one on the name never
	 * what is behind a mask (there masks rest for as long): a post that waits would tell staff who wrote it.
	 */
	async function waits(q: Queries, member: string, post: Pick<Author, 'maskTag'>, namedHold: boolean, now: number): Promise<boolean> {
		if (!wearsMask(post)) return namedHold;
		if (namedHold) throw new Refusal('masks_rest');
		return (await standing(q, member, now)).some(({ kind }) => kind === undefined);
	}

	const put = (tx: Queries, member: string, hold: MaskHold) => shelf.put(tx, member, hold, keptForGood);

	/** Takes back what these decisions asked, pauses where `pausesToo`; answers whether anything still stood. */
	async function lift(tx: Queries, member: string, decisions: readonly string[], pausesToo: boolean, now: number): Promise<boolean> {
		const asked = (await shelf.all(tx, member)).filter(({ value }) => decisions.includes(value.decision));
		const found = asked.filter(({ value }) => pausesToo || value.kind === undefined);
		await shelf.drop(
			tx,
			found.map(({ tag }) => tag)
		);
		return found.some(({ value }) => value.until > now);
	}

	return { waits, standing, restraints, suspendedBy, put, lift, all: shelf.all, dropAll: shelf.dropAll, dropHead: shelf.dropHead };
}
