// Values as text whose length says little about them: sealed words have the length of what they hold.

/** Bytes. A form's few fields fit into the smallest; above it the size doubles. */
const smallest = 512;

/** JSON with spaces behind it, up to the next power of two of bytes: as good to parse, and a short answer is as long as a shorter one. */
export function sizedJson(value: unknown, least = smallest): string {
	const text = JSON.stringify(value);
	const bytes = Buffer.byteLength(text);
	const size = Math.max(least, 2 ** Math.ceil(Math.log2(bytes)));
	return text + ' '.repeat(size - bytes);
}
