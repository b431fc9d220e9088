// Blocking and muting members, muting words: each one's own, told to nobody. Doing any of it twice changes nothing.
import { and, asc, eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { blockedReporter, unblockedReporter } from './case-withdrawals.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { lookOnce } from './one-look.ts';
import { hiddenFrom, sights, unheardBy } from './sight.ts';
import { foldedLine } from './search-tokens.ts';
import { isExcepted } from './staff-ears.ts';
import type { Streamed } from './stream.ts';
import { graphemes, tidyLine } from './text.ts';
import { writeAndTellAs, writeAs } from './write-and-tell.ts';

/** A member is pointed at by what they wrote: ids of members are on no page. */
export type Wrote = { post?: string | undefined; celebration?: string | undefined };
type Kind = 'block' | 'mute';

const nobodyHere = () =>
	new Invalid({ form: 'No member’s name stands on this, so there is nobody to block or mute from here. You can still report it.' });

export function people(means: Means) {
	const { db, now, newId, tell } = means;
	const { blocks, mutes, mutedWords, members, posts, celebrations } = db.tables;
	const today = () => new Date(now()).toISOString().slice(0, 10);

	async function findWritten(q: Queries, { post, celebration }: Wrote) {
		if (celebration) {
			const [found] = await q
				.select({ memberId: celebrations.memberId, state: celebrations.state, name: members.name })
				.from(celebrations)
				.leftJoin(members, eq(members.id, celebrations.memberId))
				.where(eq(celebrations.id, celebration));
			return found && { ...found, unseen: found.state === 'waiting', stands: found.state === 'shared' };
		}
		const [found] = await q
			.select({ memberId: posts.authorId, state: posts.state, name: members.name, thread: posts.threadId })
			.from(posts)
			.leftJoin(members, eq(members.id, posts.authorId))
			.where(eq(posts.id, post ?? ''));
		return found && { ...found, unseen: found.state === 'held', stands: found.state === 'standing' };
	}

	/** Whoever wrote what this member has before their eyes. Whom they blocked already they may name again; who is out of sight, not. */
	async function theAuthor(q: Queries, actor: Actor, wrote: Wrote, kind: Kind) {
		const found = await findWritten(q, wrote);
		if (!found || (found.unseen && found.memberId !== actor.id)) throw new Refusal('not_found');
		if (found.memberId === actor.id) throw new Refusal(wrote.celebration ? 'own_celebration' : 'own_post');
		const again = kind === 'block' && found.memberId !== null && (await q.$count(blocks, pairOf('block', actor, found.memberId))) > 0;
		if (!again && (!found.stands || (await hiddenFrom(q, db.tables, actor, found.memberId)))) throw new Refusal('gone');
		if (found.memberId === null || found.name === null) throw nobodyHere();
		return { id: found.memberId, name: found.name, thread: 'thread' in found ? found.thread : undefined };
	}

	const pairOf = (kind: Kind, actor: Actor, other: string) =>
		kind === 'block'
			? and(eq(blocks.memberId, actor.id), eq(blocks.blockedId, other))
			: and(eq(mutes.memberId, actor.id), eq(mutes.mutedId, other));

	/** Who could be blocked or muted from here, for the page that asks once more. */
	async function whoWrote(actor: Actor, wrote: Wrote) {
		const { name, thread } = await theAuthor(db.read, actor, wrote, 'block');
		return { name, from: thread ? `/threads/${thread}?post=${wrote.post}#p-${wrote.post}` : '/live' };
	}

	async function add(actor: Actor, wrote: Wrote, kind: Kind): Promise<{ id: string }> {
		const { id, other } = await writeAndTellAs(means, actor, async (tx, moment) => {
			const { id: other } = await theAuthor(tx, actor, wrote, kind);
			const row = { id: newId(), memberId: actor.id, at: today() };
			const [table, most] = kind === 'block' ? [blocks, limits.blocks] : [mutes, limits.mutes];
			const pair = pairOf(kind, actor, other);
			const [before] = await tx.select({ id: table.id }).from(table).where(pair);
			if (before) return { id: before.id, other };
			if ((await tx.$count(table, eq(table.memberId, actor.id))) >= most)
				throw new Invalid({ form: `There is room for ${most} members on this list. Please let one of them go first.` });
			if (kind === 'block')
				await tx
					.insert(blocks)
					.values({ ...row, blockedId: other })
					.onConflictDoNothing();
			if (kind === 'block') await blockedReporter(tx, db.tables, moment, actor.id, other);
			else
				await tx
					.insert(mutes)
					.values({ ...row, mutedId: other })
					.onConflictDoNothing();
			return { id: row.id, other };
		});
		changed(actor.id, ...(kind === 'block' ? [other] : []));
		return { id };
	}

	/** From now on neither meets the other by name, and nobody is told. */
	const block = (actor: Actor, wrote: Wrote) => add(actor, wrote, 'block');
	/** From now on their posts wait behind one press. */
	const mute = (actor: Actor, wrote: Wrote) => add(actor, wrote, 'mute');

	async function unblock(actor: Actor, id: string) {
		const gone = await writeAs(db, actor, async (tx) => {
			const ended = await tx
				.delete(blocks)
				.where(and(eq(blocks.id, id), eq(blocks.memberId, actor.id)))
				.returning({ other: blocks.blockedId });
			for (const { other } of ended) await unblockedReporter(tx, db.tables, actor.id, other);
			return ended;
		});
		changed(...gone.flatMap(({ other }) => [actor.id, other]));
	}

	async function unmute(actor: Actor, id: string) {
		await writeAs(db, actor, (tx) => tx.delete(mutes).where(and(eq(mutes.id, id), eq(mutes.memberId, actor.id))));
		changed(actor.id);
	}

	/** One word or a few that stand side by side, in any script. */
	async function muteWords(actor: Actor, typed: string) {
		const words = tidyLine(typed);
		if (graphemes(words) > limits.mutedWord)
			throw new Invalid({ words: `This is longer than ${limits.mutedWord} characters. One word finds more than a sentence.` });
		const folded = foldedLine(words);
		if (folded.trim() === '')
			throw new Invalid({ words: 'There are no letters or numbers in this to look for. One plain word is enough.' });
		await writeAs(db, actor, async (tx) => {
			const mine = eq(mutedWords.memberId, actor.id);
			if ((await tx.$count(mutedWords, and(mine, eq(mutedWords.folded, folded)))) > 0) return;
			if ((await tx.$count(mutedWords, mine)) >= limits.mutedWords)
				throw new Invalid({ words: `There is room for ${limits.mutedWords} words here. Please let one of them go first.` });
			await tx.insert(mutedWords).values({ id: newId(), memberId: actor.id, words, folded }).onConflictDoNothing();
		});
		changed(actor.id);
	}

	async function unmuteWords(actor: Actor, id: string) {
		await writeAs(db, actor, (tx) => tx.delete(mutedWords).where(and(eq(mutedWords.id, id), eq(mutedWords.memberId, actor.id))));
		changed(actor.id);
	}

	/** Open pages of theirs look again whom they do not meet. */
	function changed(...ids: string[]) {
		for (const member of ids) tell({ type: 'people.changed', member });
	}

	/** Whom and what this member chose not to meet, by name. */
	async function mine(actor: Actor) {
		const [blocked, muted, words] = await Promise.all([
			db.read
				.select({ id: blocks.id, name: members.name, since: blocks.at })
				.from(blocks)
				.innerJoin(members, eq(members.id, blocks.blockedId))
				.where(eq(blocks.memberId, actor.id))
				.orderBy(asc(members.name)),
			db.read
				.select({ id: mutes.id, name: members.name, since: mutes.at })
				.from(mutes)
				.innerJoin(members, eq(members.id, mutes.mutedId))
				.where(eq(mutes.memberId, actor.id))
				.orderBy(asc(members.name)),
			db.read
				.select({ id: mutedWords.id, words: mutedWords.words })
				.from(mutedWords)
				.where(eq(mutedWords.memberId, actor.id))
				.orderBy(asc(mutedWords.folded))
		]);
		return { blocked, muted, words };
	}

	const sightOf = sights({ db });
	/** What open pages of this member are not told, asked anew whenever `people.changed` says so. */
	async function unheard(actor: Actor): Promise<((row: Streamed) => boolean) | undefined> {
		const asMember = unheardBy(await sightOf(actor));
		if (!isStaff(actor)) return asMember;
		return (row) => isExcepted(means, actor, row.audience) || (asMember?.(row) ?? false);
	}

	return { block, unblock, mute, unmute, muteWords, unmuteWords, mine, whoWrote, unheard, lookOnce };
}
