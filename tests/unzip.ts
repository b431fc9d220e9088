// Reads a zip file by its directory, as programs that unpack do.
import { crc32, inflateRawSync } from 'node:zlib';

export function unzip(file: Buffer): Record<string, string> {
	const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
	if (end < 0) throw new Error('This is no zip file.');
	const found: Record<string, string> = {};
	let at = file.readUInt32LE(end + 16);
	for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
		const [sum, packed, size] = [16, 20, 24].map((offset) => file.readUInt32LE(at + offset)) as [number, number, number];
		const [named, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [number, number, number];
		const name = file.toString('utf8', at + 46, at + 46 + named);
		const local = file.readUInt32LE(at + 42);
		const data = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
		const held = file.subarray(data, data + packed);
		const bytes = file.readUInt16LE(at + 10) === 0 ? held : inflateRawSync(held);
		if (bytes.length !== size || crc32(bytes) !== sum) throw new Error(`${name} does not fit its sum.`);
		found[name] = bytes.toString();
		at += 46 + named + extra + comment;
	}
	return found;
}
