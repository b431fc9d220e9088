// What a device is asked, as JSON for the small script of the page; what a verb refuses, as JSON too.
import { json, type RequestEvent } from '@sveltejs/kit';
import { Invalid, Refusal } from './refusals.ts';
import { leave } from './short-cookies.ts';

const headers = { 'cache-control': 'no-store' };

export async function question(event: RequestEvent, ask: () => Promise<{ options: object; asked: string }>): Promise<Response> {
	try {
		const { options, asked } = await ask();
		leave(event, 'passkey', asked, 5);
		return json(options, { headers });
	} catch (problem) {
		if (problem instanceof Invalid) return json({ problem: problem.message }, { status: 422, headers });
		if (!(problem instanceof Refusal)) throw problem;
		if (problem.retryAfter) event.setHeaders({ 'retry-after': String(problem.retryAfter) });
		return json({ problem: problem.message }, { status: problem.status, headers });
	}
}
