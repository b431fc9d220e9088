import { error, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/refusals.ts';
import { drop, found } from '#lib/short-cookies.ts';
import type { RequestHandler } from './$types';

/** One file for one ticket: the form with the passphrase leads here. */
export const GET: RequestHandler = async (event) => {
	const { reader, session = '', community } = event.locals;
	if (!reader) redirect(303, '/sign-in?to=/settings/leaving');
	const ticket = found(event, 'export');
	drop(event, 'export');
	const file = await community.exports.take(reader, session, ticket).catch((problem: unknown) => {
		if (!(problem instanceof Refusal)) throw problem;
		event.setHeaders({ 'retry-after': String(problem.retryAfter ?? 60) });
		error(problem.status, problem.message);
	});
	if (!file) redirect(303, '/settings/leaving?late');
	return new Response(file, {
		headers: {
			'content-type': 'application/zip',
			// Neutral, like every name that may be seen over a shoulder.
			'content-disposition': 'attachment; filename="lamplight.zip"',
			'cache-control': 'no-store'
		}
	});
};
