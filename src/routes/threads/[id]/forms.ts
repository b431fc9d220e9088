// The forms of a thread's page: each parses its fields, calls one verb and comes back to where the reader was.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, several, typedFields, type Typed } from '#lib/forms.ts';
import type { Actor } from '#server/community/means.ts';

type Event = RequestEvent<{ id: string }>;
/** `at` opens the page around this post; otherwise the reader's page of the thread comes back, at the post. */
type Done = {
	post?: string;
	at?: boolean;
	done?: 'held' | 'reported' | 'taken-back' | 'edited' | 'withdrawn' | 'returned' | 'erased' | 'waits';
};

function form(verb: (locals: App.Locals, reader: Actor, typed: Typed, thread: string) => Promise<Done>) {
	return async (event: Event) => {
		const typed = await typedFields(event.request);
		const reader = event.locals.reader;
		if (!reader) redirect(303, '/sign-in');
		const { community } = event.locals;
		const result = await answering(event, typed, async () => {
			if (one(typed, 'preview')) return { preview: community.posts.preview(one(typed, 'body')) };
			if (one(typed, 'post')) await community.posts.mustStandIn(event.params.id, one(typed, 'post'));
			return verb(event.locals, reader, typed, event.params.id);
		});
		if ('status' in result) return result;
		if ('preview' in result) return { typed, problems: {}, preview: result.preview };
		redirect(303, backTo(event, result));
	};
}

function backTo(event: Event, { post, at = false, done }: Done): string {
	const query = new URLSearchParams();
	const [after, around] = [event.url.searchParams.get('after'), event.url.searchParams.get('post')];
	if (at && post) query.set('post', post);
	else if (after) query.set('after', after);
	else if (around) query.set('post', around);
	if (done) query.set('done', done);
	const anchor = post ? `p-${encodeURIComponent(post)}` : 'answers';
	return `/threads/${encodeURIComponent(event.params.id)}${query.size > 0 ? `?${query}` : ''}#${anchor}`;
}

const written = (typed: Typed) => ({
	body: one(typed, 'body'),
	warnings: several(typed, 'warnings'),
	key: one(typed, 'key') || undefined,
	anyway: one(typed, 'anyway') === 'yes',
	mask: one(typed, 'mask') === 'yes'
});

export const actions = {
	reply: form(async (locals, reader, typed, thread) => {
		const { post, held, waits } = await locals.community.posts.reply(reader, {
			...written(typed),
			thread,
			parent: one(typed, 'parent') || undefined
		});
		await locals.forgetKept();
		// What waits behind a mask has no address yet.
		return waits ? { post, done: 'waits' } : { post, at: true, done: held ? 'held' : undefined };
	}),
	edit: form(async (locals, reader, typed) => {
		const post = one(typed, 'post');
		const title = 'title' in typed ? one(typed, 'title') : undefined;
		await locals.community.posts.edit(reader, { ...written(typed), title, post, version: Number(one(typed, 'version')) });
		await locals.forgetKept();
		return { post, done: 'edited' };
	}),
	encourage: form(async (locals, reader, typed) => {
		const post = one(typed, 'post');
		await locals.community.encouragements.encourage(reader, post, one(typed, 'kind'), one(typed, 'on') !== '0');
		return { post };
	}),
	follow: form(async (locals, reader, typed, thread) => {
		await locals.community.follows.followThread(reader, thread, one(typed, 'on') !== '0');
		return {};
	}),
	bookmark: form(async (locals, reader, typed) => {
		const post = one(typed, 'post');
		await locals.community.bookmarks.bookmark(reader, post, one(typed, 'on') !== '0');
		return { post };
	}),
	report: form(async (locals, reader, typed) => {
		const post = one(typed, 'post');
		await locals.community.reports.report(reader, {
			post,
			reason: one(typed, 'reason'),
			note: one(typed, 'note'),
			suggested: several(typed, 'warnings')
		});
		return { post, done: 'reported' };
	}),
	'take-back-report': form(async (locals, reader, typed) => {
		const post = one(typed, 'post');
		await locals.community.reports.takeBack(reader, post);
		return { post, done: 'taken-back' };
	}),
	withdraw: form(async (locals, reader, typed) => {
		const post = one(typed, 'post');
		const on = one(typed, 'on') !== '0';
		await locals.community.posts.withdraw(reader, post, on);
		return { post, done: on ? 'withdrawn' : 'returned' };
	}),
	erase: form(async (locals, reader, typed, thread) => {
		const post = one(typed, 'post');
		await locals.community.leaving.erasePost(reader, post);
		if (!(await locals.community.posts.mayRead(reader, thread))) redirect(303, '/boards');
		return { post, done: 'erased' };
	})
};
