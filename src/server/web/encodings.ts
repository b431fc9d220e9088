// The encodings a page is kept in. Packing happens once for a page, away from the event loop.
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

const [toBr, fromBr, toGzip, fromGzip] = [promisify(brotliCompress), promisify(brotliDecompress), promisify(gzip), promisify(gunzip)];
/** Above this a page takes several times as long for a few bytes less. */
const quality = 5;

/** Whether a list takes this encoding; "q=0" says that it does not. */
const taking = (name: string) => new RegExp(`(?:^|,)\\s*${name}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))[^,]*)?(?:,|$)`, 'i');
const [br, gz] = [taking('br'), taking('gzip')];

/** The smallest that an Accept-Encoding takes. */
export function encodingFor(accepted: string | string[] | undefined): Encoding {
	const list = String(accepted ?? '');
	return br.test(list) ? 'br' : gz.test(list) ? 'gzip' : 'identity';
}

export async function packed(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
	if (encoding === 'gzip') return toGzip(bytes);
	if (encoding === 'identity') return bytes;
	const { BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
	const params = { [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
	return toBr(bytes, { params });
}

export async function unpacked(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
	return encoding === 'br' ? fromBr(bytes) : encoding === 'gzip' ? fromGzip(bytes) : bytes;
}
