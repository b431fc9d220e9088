// Who may import whom (house.md, "Rooms and doors").
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { sources } from './source.ts';

const rooms = ['lib', 'server/store', 'server/community', 'server/live', 'server/web', 'routes'];
/** What each room may import, besides itself. `type:` allows types only. */
const doors: Record<string, string[]> = {
	lib: [],
	'server/store': ['lib'],
	'server/community': ['lib', 'server/store'],
	'server/live': ['lib', 'type:server/community'],
	'server/web': ['lib', 'server/live', 'server/community', 'type:server/store', 'type:wiring'],
	routes: ['lib', 'type:server/community']
};

const roomOf = (path: string) =>
	path === 'src/hooks.server.ts' ? 'routes' : (rooms.find((room) => path.startsWith(`src/${room}/`)) ?? 'wiring');

function importsOf({ path, text }: { path: string; text: string }) {
	const found = text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm);
	return [...found].flatMap(([, typeOnly, named, dynamic]) => {
		const name = named ?? dynamic ?? '';
		const target = name.startsWith('#') ? `src/${name.slice(1)}` : name.startsWith('.') ? normalize(join(dirname(path), name)) : undefined;
		return target?.startsWith('src/') && !target.endsWith('.css')
			? [{ target: roomOf(target), typeOnly: typeOnly !== undefined, name }]
			: [];
	});
}

test('every import goes through a door of the house', () => {
	const files = sources('src/**/*.{ts,svelte}');
	expect(files.length).toBeGreaterThan(50);
	const broken = files.flatMap((file) => {
		const room = roomOf(file.path);
		if (room === 'wiring') return [];
		const allowed = [room, ...(doors[room] ?? [])];
		return importsOf(file)
			.filter(({ target, typeOnly }) => !allowed.includes(target) && !(typeOnly && allowed.includes(`type:${target}`)))
			.map(({ name }) => `${file.path} imports ${name}`);
	});
	expect(broken).toEqual([]);
});

test('only the store knows Drizzle’s dialects, and only it may assert types', () => {
	const outside = sources('src/**/*.{ts,svelte}').filter(({ path }) => !path.startsWith('src/server/store/'));
	expect(outside.filter(({ text }) => /drizzle-orm\/|better-sqlite3|from 'pg'/.test(text)).map(({ path }) => path)).toEqual([]);
	const asserting = outside.filter((file) => !file.path.endsWith('.d.ts') && asserts(file));
	expect(asserting.map(({ path }) => path)).toEqual([]);
});

test('routes and the web know no SQL', () => {
	const files = sources('src/routes/**/*.{ts,svelte}', 'src/server/web/**/*.ts', 'src/hooks.server.ts');
	expect(files.filter(({ text }) => /drizzle-orm|\.read\.select/.test(text)).map(({ path }) => path)).toEqual([]);
});

test('the community looks at no clock and throws no dice of its own', () => {
	const files = sources('src/server/community/**/*.ts');
	expect(
		files.filter(({ text }) => /\bDate\.now\(|\bnew Date\(\)|Math\.random\(/.test(withoutProse(text))).map(({ path }) => path)
	).toEqual([]);
});

/** Whether the code says `x as Type` anywhere; `as const` says nothing about types. */
function asserts({ path, text }: { path: string; text: string }): boolean {
	const code = path.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n')
		: text;
	const look = (node: ts.Node): boolean =>
		(ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) ||
		ts.isTypeAssertionExpression(node) ||
		(ts.forEachChild(node, look) ?? false);
	return look(ts.createSourceFile(path, code, ts.ScriptTarget.Latest));
}

/** The code without comments, strings, markup text and renamed imports, in which "as" is a word. */
function withoutProse(text: string): string {
	const markup = /^\s*</.test(text) || text.includes('</script>');
	const script = markup ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n') : text;
	return script
		.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
		.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, '')
		.replace(/^\s*(import|export) [^;]*;/gm, '');
}
