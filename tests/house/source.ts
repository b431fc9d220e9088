// The project's own source files, for the tests that read them.
import { globSync, readFileSync } from 'node:fs';

export type Source = { path: string; text: string };

export function sources(...patterns: string[]): Source[] {
	return globSync(patterns)
		.sort()
		.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
