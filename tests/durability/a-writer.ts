// Somebody who writes on a running site through its forms, as a browser without scripts would.
import { call, form, joinAt } from '../caller.ts';

/** Where the words stand: the thread of a story, or the thread and the post of an answer. */
export const placeOf = (location: string | undefined) => /^\/threads\/([\w-]+)/.exec(location ?? '')?.[1] ?? '';

export async function aWriter(url: string) {
	const { cookie, name } = await joinAt(url);
	const headers = { cookie, origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
	const send = (path: string, fields: Record<string, string>) =>
		call(`${url}${path}`, { method: 'POST', headers, body: form({ ...fields, anyway: 'yes' }) });
	return {
		name,
		read: (path: string) => call(`${url}${path}`, { headers: { cookie, accept: 'text/html' } }),
		open: (title: string, body: string) => send('/boards/harbour/new', { title, body }),
		answer: (thread: string, body: string) => send(`/threads/${thread}?/reply`, { body }),
		withdraw: (thread: string, post: string) => send(`/threads/${thread}?/withdraw`, { post })
	};
}
