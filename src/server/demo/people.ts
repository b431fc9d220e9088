// The demo's members: they join through the real door, long enough ago that no first-day limit holds them back.
import type { Community } from '#server/community/community.ts';
import type { Actor } from '#server/community/means.ts';

export const demoPassphrase = 'a lamp in the far window';

export async function joinAll(community: Community, keys: string[]): Promise<Map<string, Actor>> {
	const people = new Map<string, Actor>();
	for (const key of keys) {
		const { offer, names } = await community.members.offerNames();
		people.set(key, await community.members.join({ offer, name: names[0] ?? '', passphrase: demoPassphrase, adult: true, agree: true }));
	}
	return people;
}
