// When a celebration goes out: at once, or after its random delay, exactly once whatever number of processes look.
import { and, asc, eq, lte } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Means } from './means.ts';
import { standingSanctions, stopsCelebrating } from './sanctions.ts';
import { writeAndTell } from './write-and-tell.ts';

const stopping = ['suspend', 'silence', 'hold_posts'] as const;

/** What lets their celebrations wait. A pause that came over a mask does not: when theirs go out would tell whom it restrains. */
async function stoppedBy(q: Queries, tables: Tables, memberId: string, now: number) {
	const standing = await standingSanctions(q, tables, memberId, now);
	return stopping.map((kind) => standing.find((sanction) => sanction.kind === kind)).find((sanction) => sanction !== undefined);
}

export async function requireMayCelebrate(q: Queries, means: Pick<Means, 'db' | 'now' | 'sealer'>, memberId: string, now: number) {
	const stop = await stopsCelebrating(q, means, memberId, now);
	if (stop === 'suspend') throw new Refusal('suspended');
	if (stop === 'silence') throw new Refusal('silenced');
	if (stop) throw new Refusal('celebration_held');
}

const atOnce = 50;
const day = 86_400_000;

export function celebrationSharing(means: Means) {
	const { db, now } = means;
	const { celebrations, members } = db.tables;

	/** Shares what is due; called every second. Says how many it shared. */
	async function shareDue(): Promise<number> {
		const due = () => and(eq(celebrations.state, 'waiting'), lte(celebrations.shareAt, now()));
		const [any] = await db.read.select({ id: celebrations.id }).from(celebrations).where(due()).limit(1);
		if (!any) return 0;
		return writeAndTell(means, async (tx, moment) => {
			const rows = await tx
				.select({
					id: celebrations.id,
					memberId: members.id,
					name: members.name,
					milestone: celebrations.milestone,
					words: celebrations.words
				})
				.from(celebrations)
				.innerJoin(members, eq(members.id, celebrations.memberId))
				.where(due())
				.orderBy(asc(celebrations.shareAt), asc(celebrations.id))
				.limit(atOnce);
			for (const { id, memberId, name, milestone, words } of rows) {
				const stop = await stoppedBy(tx, db.tables, memberId, moment.at);
				// A pause postpones, it takes nothing away.
				const change = stop ? { shareAt: stop.until ?? moment.at + day } : { state: 'shared' as const };
				await tx.update(celebrations).set(change).where(eq(celebrations.id, id));
				if (!stop) moment.tells.push({ type: 'celebration.shared', celebration: id, name, milestone, words, by: memberId });
			}
			return moment.tells.length;
		});
	}

	return { shareDue };
}
