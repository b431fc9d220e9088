// Days in words: no page of an account tells hours.
const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "2026-03-14" as "14 March 2026". */
export const inWords = (day: string) => format.format(new Date(`${day}T00:00:00Z`));
