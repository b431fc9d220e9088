// A QR code as the path of one SVG, drawn on the server: nobody else is asked for a picture of a secret.
import encodeQR from 'qr';

/** The path's `d` in a square of `size`, with the quiet margin that cameras need. */
export function dotsOf(text: string): { size: number; path: string } {
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
	const runs = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
	return { size: rows.length, path: runs.join('') };
}
