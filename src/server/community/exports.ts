// A member's own file: everything that is theirs, as JSON with a page to read it beside, in one file, made while it is sent.
import { Refusal } from '#lib/refusals.ts';
import { exportJson, exportPage } from './export-page.ts';
import type { heldAbout } from './held-about.ts';
import { noSealer, type Actor, type Means } from './means.ts';
import type { Members } from './members.ts';
import { spending } from './spent.ts';
import { zipped } from './zip.ts';

/** From the passphrase to the file: a click. */
const ticketGoodFor = 60_000;
/** A file that takes longer was left in the middle; its place is free again. */
const longest = 10 * 60_000;
/** Each reads the store as fast as somebody downloads. */
const atOnce = 4;

type Needs = { stepUp: Members['stepUp']; held: Pick<ReturnType<typeof heldAbout>, 'rows'> };

export function exports({ db, now, newId, sealer = noSealer }: Means, { stepUp, held }: Needs) {
	const spend = spending({ db, now });
	/** Who is downloading, since when. */
	const under = new Map<string, number>();
	const about = (actor: Actor, session: string) => `an export of ${actor.id} in ${session}`;

	/** Throws `Invalid` (field `again`); otherwise a ticket for one file, for this session and a minute. */
	async function ask(actor: Actor, session: string, { passphrase }: { passphrase: string }): Promise<string> {
		await stepUp(actor, { passphrase });
		return sealer.seal(`${now() + ticketGoodFor} ${newId()}`, about(actor, session));
	}

	/** The file; undefined where the ticket is too old, was used, or is not this session's. One at a time (Refusal `too_many`). */
	async function take(actor: Actor, session: string, ticket: string | undefined): Promise<ReadableStream<Uint8Array> | undefined> {
		const opened = sealer.open(ticket ?? '', about(actor, session)) ?? '';
		if (Number(opened.split(' ')[0] || 0) <= now()) return undefined;
		for (const [member, since] of under) if (now() - since > longest) under.delete(member);
		if (under.has(actor.id)) throw new Refusal('too_many', 60);
		if (under.size >= atOnce) throw new Refusal('busy', 30);
		// In the same breath as the look: two presses at once are two.
		under.set(actor.id, now());
		const free = () => void under.delete(actor.id);
		const mine = await db
			.write((tx) => spend(tx, opened, ticketGoodFor))
			.catch((problem: unknown) => {
				free();
				throw problem;
			});
		if (mine) return streamed(piecesFor(actor), free);
		free();
		return undefined;
	}

	const piecesFor = (actor: Actor) =>
		zipped([
			{ name: 'lamplight.html', parts: exportPage(actor.name, held.rows(actor.id, 'member')) },
			{ name: 'lamplight.json', parts: exportJson(actor.name, held.rows(actor.id, 'member')) }
		]);

	return { ask, take };
}

/** Made only as fast as it is taken, and let go of when whoever asked goes away. */
function streamed(pieces: ReadableStream<Uint8Array>, free: () => void): ReadableStream<Uint8Array> {
	const reader = pieces.getReader();
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				try {
					const { value, done } = await reader.read();
					if (!done) return controller.enqueue(value);
					free();
					controller.close();
				} catch (problem) {
					free();
					throw problem;
				}
			},
			async cancel() {
				free();
				await reader.cancel();
			}
		},
		{ highWaterMark: 0 }
	);
}
