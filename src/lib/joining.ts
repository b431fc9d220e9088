// From when on a moderator may turn away all at once who asked to come in.
const hour = 3_600_000;

export const askedSince = {
	'1h': { words: 'in the last hour', within: hour },
	'24h': { words: 'in the last day', within: 24 * hour },
	all: { words: 'until now', within: undefined }
} as const;
export type AskedSince = keyof typeof askedSince;

export const isAskedSince = (value: string): value is AskedSince => Object.hasOwn(askedSince, value);
