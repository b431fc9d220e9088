// The forms about whom and what a member does not want to meet.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, typedFields, type Typed } from '#lib/forms.ts';
import { ownPath } from '#lib/return-paths.ts';
import type { Community } from '#server/community/community.ts';
import type { Actor } from '#server/community/means.ts';

export const done = ['blocked', 'muted', 'unblocked', 'unmuted', 'word', 'word-gone'] as const;
export type Done = (typeof done)[number];

function form(
	name: string,
	said: Done,
	work: (people: Community['people'], reader: Actor, typed: Typed) => Promise<{ id: string } | void>
) {
	return async (event: RequestEvent) => {
		const typed = await typedFields(event.request);
		const { reader, community } = event.locals;
		if (!reader) redirect(303, '/sign-in?to=/settings/people');
		const result = await answering(event, typed, () => work(community.people, reader, typed));
		if (result && 'status' in result) return fail(result.status, { ...result.data, at: name });
		const query = new URLSearchParams({ done: said, ...(result ? { at: result.id } : {}) });
		const back = ownPath(one(typed, 'back'));
		if (back) query.set('back', back);
		redirect(303, `/settings/people?${query}`);
	};
}

const wrote = (typed: Typed) => ({ post: one(typed, 'post') || undefined, celebration: one(typed, 'celebration') || undefined });

export const actions = {
	block: form('block', 'blocked', (people, reader, typed) => people.block(reader, wrote(typed))),
	mute: form('mute', 'muted', (people, reader, typed) => people.mute(reader, wrote(typed))),
	unblock: form('unblock', 'unblocked', (people, reader, typed) => people.unblock(reader, one(typed, 'who'))),
	unmute: form('unmute', 'unmuted', (people, reader, typed) => people.unmute(reader, one(typed, 'who'))),
	'mute-words': form('mute-words', 'word', (people, reader, typed) => people.muteWords(reader, one(typed, 'words'))),
	'unmute-words': form('unmute-words', 'word-gone', (people, reader, typed) => people.unmuteWords(reader, one(typed, 'which')))
};
