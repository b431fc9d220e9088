// A place in the live stream as pages see it: opaque, and refused when it is not one of ours.
export const cursorOf = (number: number) => `s${number.toString(36)}`;

export function numberOf(cursor: string): number | undefined {
	const number = /^s[0-9a-z]{1,10}$/.test(cursor) ? Number.parseInt(cursor.slice(1), 36) : undefined;
	return number !== undefined && cursorOf(number) === cursor ? number : undefined;
}
