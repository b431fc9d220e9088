// Answers that Fastify gives before any page: one kind sentence, and the way to help.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from '#lib/escape-html.ts';

/** `form` is markup that comes back filled in; `again` an address of ours to try once more. */
export function sendPlain(
	request: FastifyRequest,
	reply: FastifyReply,
	status: number,
	sentence: string,
	{ form = '', again }: { form?: string; again?: string } = {}
) {
	reply.code(status).header('cache-control', 'no-store');
	if (!(request.headers.accept ?? '').includes('text/html')) return reply.type('text/plain; charset=utf-8').send(`${sentence}\n`);
	const retry = again ? `<a href="${escapeHtml(again)}">Try again</a> · ` : '';
	const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lamplight</title><link rel="stylesheet" href="/plain.css"><main><p>${escapeHtml(sentence)}</p>${form}<p>${retry}<a href="/">Home</a> · <a href="/help-now">Help now</a> · <a href="/leave">Leave</a></p></main>`;
	return reply.type('text/html; charset=utf-8').send(page);
}
