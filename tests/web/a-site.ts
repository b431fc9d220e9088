// The real Fastify over a real store; the page behind it only says that it was reached.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { community } from '#server/community/community.ts';
import { settingsFrom } from '#server/config.ts';
import { hub } from '#server/live/hub.ts';
import { openDatabase } from '#server/store/database.ts';
import { site, type Site } from '#server/web/app.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

export const ours = 'http://localhost:3000';

/** Who calls it closes it, where it matters when. */
export async function openSite(
	env: Record<string, string> = {},
	more: Partial<Pick<Site, 'strained' | 'now' | 'patience' | 'pages'>> = {}
) {
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-web-'));
	writeFileSync(join(folder, 'file.txt'), 'a file');
	const db = await openDatabase(`file:${join(folder, 'web.db')}`);
	const means = { db, now: Date.now, newId: () => 'id', pick: () => 0, tell: () => undefined };
	const settings = settingsFrom({ LOG_LEVEL: 'silent', PORT: '3000', ...env });
	const verbs = community(means);
	const { append, newest, next } = verbs.stream;
	const live = hub({ append, newest, next, suspendedBy: verbs.masks.suspendedBy, hear: db.signal.hear, failed: () => undefined });
	const pages = { respond: async (request: Request) => new Response(`reached by ${request.method} at ${request.url}`) };
	const app = await site({ settings, db, community: verbs, hub: live, pages, files: folder, islands: {}, now: Date.now, ...more });
	const close = async () => {
		await app.close();
		await db.close();
	};
	return { app, close };
}

/** Closed after the test. */
export async function aSite(...asked: Parameters<typeof openSite>) {
	const { app, close } = await openSite(...asked);
	open.push(close);
	return app;
}
