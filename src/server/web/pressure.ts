// While the event loop is late, what is expensive is turned away before any page is rendered, so that reading and Help now stay quick.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from '#lib/escape-html.ts';
import { sendPlain } from './plain-answers.ts';

const lookEvery = 20;
/** Milliseconds by which the loop is late: a page then waits about twice as long, still well under 200. */
const late = 40;
/** Requests at once. Below it a late loop is not the visitors' doing: the machine is slow, or busy with something else. */
const crowd = 40;
const comeBackIn = 5;

/** Whether a crowd keeps the event loop late: by how much a timer is, smoothed, so that one pause is no strain. */
export function strainOf(app: FastifyInstance, many = crowd): () => boolean {
	let [last, lateness, here] = [performance.now(), 0, 0];
	const timer = setInterval(() => {
		const now = performance.now();
		lateness += (now - last - lookEvery - lateness) / 4;
		last = now;
	}, lookEvery).unref();
	app.addHook('onRequest', async (request, reply) => {
		if (request.ws) return;
		here++;
		reply.raw.once('close', () => here--);
	});
	app.addHook('onClose', async () => clearInterval(timer));
	return () => here >= many && lateness > late;
}

const search = /^\/search\?/;
const offers = /^\/join(?:[/?]|$)/;
/** The steps after it (a code, a new passphrase) are let through: their forms are others, and what was typed there would be lost. */
const signIn = /^\/sign-in\/?(?:\?|$)/;

/** One that has left keeps its place in the queue for a moment. */
const stillLeaving = 2;
const isSearch = ({ method, url }: FastifyRequest) => (method === 'GET' || method === 'HEAD') && search.test(url);

/**
 * Lets no more searches in than find one of the queue's `places`. The queue itself would refuse them by a whole page, which costs more than many a search: under a
 * flood of searches that was all that the site did, and a thread took half a second.
 */
export function searchDoor(places: number) {
	let inside = 0;
	return {
		full: (request: FastifyRequest) => isSearch(request) && inside >= places - stillLeaving,
		async through<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
			if (!isSearch(request)) return work();
			inside++;
			try {
				return await work();
			} finally {
				inside--;
			}
		}
	};
}

/**
 * Answers a request for something expensive with 503 and a short page; false where the request may go on. Never the reply itself: waiting for
 * that gives undefined, and the page was made all the same.
 */
export async function turnedAway(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
	const { method, url } = request;
	const asks = isSearch(request) || ((method === 'GET' || method === 'HEAD') && offers.test(url));
	if (!asks && !(method === 'POST' && signIn.test(url))) return false;
	reply.header('retry-after', String(comeBackIn));
	if (asks) {
		sendPlain(request, reply, 503, 'A lot of people are here just now. Please wait a few seconds and load this page again.', {
			again: url
		});
		return true;
	}
	sendPlain(request, reply, 503, 'A lot of people are arriving at once. Please try again in a few seconds.', {
		form: `<form method="post" action="${escapeHtml(url)}"><p><label>Name <input name="name" value="${escapeHtml(await nameIn(request))}" autocomplete="username" required></label></p><p><label>Passphrase <input name="passphrase" type="password" autocomplete="current-password" required></label></p><p><button>Sign in</button></p></form>`
	});
	return true;
}

/** What was typed as the name, so that only the passphrase has to be typed again. */
async function nameIn(request: FastifyRequest): Promise<string> {
	if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return '';
	if (Number(request.headers['content-length'] ?? Infinity) > 8192) return '';
	const pieces: Buffer[] = [];
	for await (const piece of request.raw) pieces.push(Buffer.from(piece));
	return (new URLSearchParams(Buffer.concat(pieces).toString()).get('name') ?? '').slice(0, 200);
}
