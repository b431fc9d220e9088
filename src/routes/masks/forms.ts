// The forms of the list of one's own masks: each calls one verb and comes back, to the list or to the form the words came from.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, typedFields, type Typed } from '#lib/forms.ts';
import type { Actor } from '#server/community/means.ts';

function form(verb: (community: App.Locals['community'], reader: Actor, post: string, typed: Typed) => Promise<string | void>) {
	return async (event: RequestEvent) => {
		const typed = await typedFields(event.request);
		const { reader, community } = event.locals;
		if (!reader) redirect(303, '/sign-in');
		const done = await answering(event, typed, async () => ({ to: await verb(community, reader, one(typed, 'post'), typed) }));
		if ('status' in done) return done;
		redirect(303, done.to ?? '/masks');
	};
}

export const actions = {
	/** What others do not see yet comes back as a draft. */
	'take-back': form(({ masks }, reader, post) => masks.takeBack(reader, post)),
	'let-go': form(({ masks }, reader, post) => masks.letGo(reader, post)),
	withdraw: form(({ posts }, reader, post, typed) => posts.withdraw(reader, post, one(typed, 'on') !== '0'))
};
