// Whose open pages a suspension ends that came over a mask. No row, frame or log line says so: each process asks for everybody who is here.
import { maskHolds } from './mask-holds.ts';
import type { Means } from './means.ts';

export function suspendedBehindMasks(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now } = means;
	const holds = maskHolds(means);
	/** Who of these members this decision suspended. */
	const suspendedBy = (decision: string, members: string[]) => holds.suspendedBy(db.read, decision, members, now());
	return { suspendedBy };
}
