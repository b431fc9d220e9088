// The plain limit: what Fastify and SQLite alone need for the same page. Prepared statements with what the page asks, and a ready string.
import Sqlite from 'better-sqlite3';
import fastify from 'fastify';
import type { Recorded } from './served.ts';

type Asked = { port: number; file: string; pages: Recorded[] };

process.once('message', async ({ port, file, pages }: Asked) => {
	const db = new Sqlite(file, { readonly: true });
	db.pragma('synchronous = FULL');
	const prepared = new Map<string, Sqlite.Statement>();
	const plain = new Map(
		pages.map(({ path, queries, bytes }) => {
			const steps = queries.map(({ sql, params, reader }) => {
				if (!reader) throw new Error(`${path} writes: ${sql}`);
				const statement = prepared.get(sql) ?? db.prepare(sql).raw();
				prepared.set(sql, statement);
				return { statement, params };
			});
			return [path, { steps, text: '<!doctype html>'.padEnd(bytes, 'lamplight ') }];
		})
	);
	const app = fastify();
	app.get<{ Params: { '*': string } }>('/*', (request, reply) => {
		const page = plain.get(`/${request.params['*']}`);
		if (!page) return reply.code(404).send();
		for (const { statement, params } of page.steps) statement.all(...params);
		return reply.type('text/html').send(page.text);
	});
	await app.listen({ port, host: '127.0.0.1' });
	process.once('SIGTERM', () => process.exit(0));
	process.send?.('listening');
});
process.send?.('hears');
