// Islands: the small scripts by hand that pages load. Kit ships no script for pages with `csr = false`, so they are built here.
import { join } from 'node:path';
import type { Adapter } from '@sveltejs/kit';
import { build } from 'vite';
import { islandFolder, islandNames } from './island-files.ts';

/** The adapter, with the islands built into the client's files before it copies and compresses them. */
export function withIslands(adapter: Adapter): Adapter {
	return {
		...adapter,
		async adapt(builder) {
			await build({
				configFile: false,
				logLevel: 'warn',
				build: {
					outDir: join(builder.getClientDirectory(), islandFolder),
					emptyOutDir: false,
					copyPublicDir: false,
					target: 'es2022',
					modulePreload: false,
					rolldownOptions: {
						input: Object.fromEntries(islandNames.map((name) => [name, `src/lib/islands/${name}.ts`])),
						output: { entryFileNames: '[name].[hash].js', chunkFileNames: 'shared.[hash].js' }
					}
				}
			});
			await adapter.adapt(builder);
		}
	};
}
