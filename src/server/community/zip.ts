// One file out of several, made as it is sent: nothing is held in memory but the piece under way.
import { makeZip } from 'client-zip';

export type ZipFile = { name: string; parts: AsyncIterable<string> };

/** The format wants a date, and none of ours belongs there: the first one that it knows. */
const noDate = new Date(1980, 0, 1);

export function zipped(files: readonly ZipFile[]): ReadableStream<Uint8Array> {
	return makeZip(files.map(({ name, parts }) => ({ name, lastModified: noDate, input: parts })));
}
