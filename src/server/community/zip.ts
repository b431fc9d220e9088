// One file out of several, made as it is sent: nothing is held in memory but the piece under way. (APPNOTE.TXT of the format, 4.3.)
import { pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export type ZipFile = { name: string; parts: AsyncIterable<string> };

/** 2.0: folders and deflate. */
const version = 20;
/** Sizes and sum stand behind the data (bit 3), names are UTF-8 (bit 11). */
const flags = 0x0808;
const deflated = 8;
/** 1 January 1980: the format wants a date, and none of ours belongs there. */
const noDate = [0, 0x21] as const;

type Written = { name: Buffer; at: number; sum: number; packed: number; size: number };

/** Little-endian numbers of two or four bytes. */
function numbers(...all: (readonly [bytes: 2 | 4, value: number])[]): Buffer {
	const buffer = Buffer.alloc(all.reduce((sum, [bytes]) => sum + bytes, 0));
	let at = 0;
	for (const [bytes, value] of all) at = buffer.writeUIntLE(value, at, bytes);
	return buffer;
}
const two = (value: number) => [2, value] as const;
const four = (value: number) => [4, value] as const;

const heading = [two(version), two(flags), two(deflated), two(noDate[0]), two(noDate[1])] as const;
const sums = ({ sum, packed, size }: Written) => [four(sum), four(packed), four(size)] as const;

const head = ({ name }: Written) =>
	Buffer.concat([numbers(four(0x04034b50), ...heading, four(0), four(0), four(0), two(name.length), two(0)), name]);
const tail = (written: Written) => numbers(four(0x08074b50), ...sums(written));
const entry = (written: Written) =>
	Buffer.concat([
		numbers(
			four(0x02014b50),
			two(version),
			...heading,
			...sums(written),
			two(written.name.length),
			...[two(0), two(0), two(0), two(0), four(0), four(written.at)]
		),
		written.name
	]);
const end = (number: number, size: number, at: number) =>
	numbers(four(0x06054b50), two(0), two(0), two(number), two(number), four(size), four(at), two(0));

/** Up to 4 GB in all, which is a few thousand lives. */
export async function* zipped(files: readonly ZipFile[]): AsyncGenerator<Buffer> {
	let at = 0;
	const done: Written[] = [];
	const counted = (bytes: Buffer) => ((at += bytes.length), bytes);

	for (const { name, parts } of files) {
		const written: Written = { name: Buffer.from(name), at, sum: 0, packed: 0, size: 0 };
		yield counted(head(written));
		const deflate = createDeflateRaw();
		// What goes wrong reaches the loop below through `deflate`.
		pipeline(summed(parts, written), deflate, () => undefined);
		for await (const some of deflate) {
			const piece: Buffer = some;
			written.packed += piece.length;
			yield counted(piece);
		}
		yield counted(tail(written));
		done.push(written);
	}
	const directory = Buffer.concat(done.map(entry));
	yield directory;
	yield end(done.length, directory.length, at);
}

async function* summed(parts: AsyncIterable<string>, written: Written) {
	for await (const part of parts) {
		const bytes = Buffer.from(part);
		written.sum = crc32(bytes, written.sum);
		written.size += bytes.length;
		yield bytes;
	}
}
