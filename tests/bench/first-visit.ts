// What a browser fetches for its first thread page, compressed as it is sent; what is sent plain is counted as gzip would make it.
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Places } from './databases.ts';
import { serve } from './served.ts';

export type Fetched = { path: string; kind: 'page' | 'style' | 'script' | 'picture'; plain: number; compressed: number; sentAs: string };

function fetched(port: number, path: string): Promise<{ body: Buffer; encoding: string; type: string }> {
	return new Promise((done, failed) => {
		const headers = { host: `localhost:${port}`, accept: '*/*', 'accept-encoding': 'gzip, deflate, br' };
		const asked = request({ port, path, headers, host: '127.0.0.1' }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('end', () => {
				const { 'content-encoding': encoding = 'plain', 'content-type': type = '' } = answer.headers;
				done({ body: Buffer.concat(parts), encoding, type });
			});
		});
		asked.on('error', failed).end();
	});
}

/** The page signed out and everything that its HTML names; fonts and what only a script or a style sheet asks for are left aside. */
export async function firstVisit(file: string, { threads }: Places): Promise<Fetched[]> {
	const site = await serve(`file:${file}`);
	try {
		const path = `/threads/${threads[0]}`;
		const html = await (await fetch(`http://localhost:${site.port}${path}`)).text();
		const links = [...html.matchAll(/<link [^>]*>/g)]
			.map(([tag]) => tag)
			.filter((tag) => /rel="(?:stylesheet|icon|manifest|modulepreload)"/.test(tag));
		const sources = [...html.matchAll(/<(?:script|img) [^>]*src="[^"]*"/g)].map(([tag]) => tag);
		const named = [...links, ...sources]
			.flatMap((tag) => /(?:href|src)="([^"]+)"/.exec(tag)?.[1] ?? [])
			.filter((one) => !one.startsWith('data:'));
		const base = new URL(`http://localhost${path}`);
		const paths = [...new Set([path, ...named.map((one) => new URL(one.replaceAll('&amp;', '&'), base).pathname)])];
		return await Promise.all(
			paths.map(async (one) => {
				const { body, encoding, type } = await fetched(site.port, one);
				const plain =
					encoding === 'plain'
						? body.length
						: Buffer.byteLength(await (await fetch(`http://localhost:${site.port}${one}`)).arrayBuffer().then(Buffer.from));
				const kind = type.includes('html') ? 'page' : type.includes('css') ? 'style' : type.includes('javascript') ? 'script' : 'picture';
				return {
					path: one === path ? '/threads/…' : one,
					kind,
					plain,
					compressed: encoding === 'plain' ? gzipSync(body).length : body.length,
					sentAs: encoding
				};
			})
		);
	} finally {
		await site.stop();
	}
}
