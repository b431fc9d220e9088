// Pages that are the same for every guest, made once for each change and kept packed as they are sent.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Community } from '#server/community/community.ts';
import type { GuestPage, Standing } from '#server/community/pages.ts';
import { packed, unpacked, type Encoding } from './encodings.ts';

/** Bytes: some thousand packed pages. */
const roomForPages = 32 * 1024 * 1024;
/** Bytes that a kept page costs beside what is sent. */
const aside = 2048;

/** What the renderer answered, for whichever guest. */
export type Rendered = { status: number; headers: Record<string, string>; bytes: Buffer; route: string | null };
export type Body = { bytes: Buffer; encoding: Encoding; etag: string };
type Page = Standing & { until: number; status: number; headers: Record<string, string>; route: string | null; keep: boolean };
type Kept = { page: Page; bodies: Body[] };
export type Found = { page: Page; body: Body };

type Asked = { address: string; page: GuestPage; encoding: Encoding };

/** Only a whole page that sets nothing is everybody's. */
const isForAll = ({ status, headers }: Rendered) =>
	status === 200 && headers['content-type']?.startsWith('text/html') === true && !headers['set-cookie'];

export function pageCache({ standing, make, holds }: Community['pages'], room = roomForPages) {
	const kept = new LRUCache<string, Kept>({
		maxSize: room,
		sizeCalculation: ({ bodies }, address) => bodies.reduce((sum, { bytes }) => sum + bytes.length, aside + address.length * 2)
	});
	/** What is being made right now: whoever asks for it meanwhile waits for the same. */
	const making = new Map<string, Promise<Kept>>();

	function once(key: string, work: () => Promise<Kept>): Promise<Kept> {
		const there = making.get(key);
		if (there) return there;
		const made = work().finally(() => making.delete(key));
		making.set(key, made);
		return made;
	}

	async function rendered(stands: Standing, render: () => Promise<Rendered>): Promise<Kept> {
		const { made, until } = await make(stands, render);
		const { status, headers, bytes, route } = made;
		return { page: { ...stands, until, status, headers, route, keep: isForAll(made) }, bodies: [bodyOf(bytes, 'identity')] };
	}

	/** Only what was asked for is kept, packed: another encoding is made from it when somebody asks. */
	async function alsoAs(encoding: Encoding, { page, bodies }: Kept, address: string): Promise<Kept> {
		const [any] = bodies;
		const own = bodies.find((body) => body.encoding === encoding);
		const bytes = own?.bytes ?? (any ? await packed(await unpacked(any.bytes, any.encoding), encoding) : Buffer.alloc(0));
		const body = own ?? bodyOf(bytes, encoding);
		const there = kept.peek(address);
		const others = there?.page === page ? there.bodies.filter((other) => other.encoding !== encoding) : [];
		if (!there || there.page.version <= page.version) kept.set(address, { page, bodies: [body, ...others] });
		return { page, bodies: [body] };
	}

	/** The page at this address as it is now. Undefined where there is nothing that could be known without making it. */
	async function find({ address, page, encoding }: Asked, render: () => Promise<Rendered>): Promise<Found | undefined> {
		// Asked before anything is made, so that a change in between makes the kept page look old and never fresh. Where the store does not
		// answer the page would only wait for it once more.
		const stands = await standing(page);
		if (!stands) return undefined;
		let there = kept.get(address);
		if (there && !holds(there.page, stands)) there = undefined;
		const ready = there?.bodies.find((body) => body.encoding === encoding);
		if (there && ready) return { page: there.page, body: ready };
		const key = `${stands.version} ${address}`;
		const source = there ?? (await once(key, () => rendered(stands, render)));
		const found = source.page.keep ? await once(`${encoding} ${key}`, () => alsoAs(encoding, source, address)) : source;
		const [body] = found.bodies;
		return body && { page: found.page, body };
	}

	return { find, letGo: () => kept.clear(), pages: () => kept.size, bytes: () => kept.calculatedSize };
}

function bodyOf(bytes: Buffer, encoding: Encoding): Body {
	return { bytes, encoding, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"` };
}
