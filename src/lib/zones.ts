// The time zones to choose from, as the runtime knows them, grouped by the part of the world that begins their name.

export type ZoneGroup = { name: string; zones: { zone: string; words: string }[] };

export function zoneGroups(): ZoneGroup[] {
	const groups = new Map<string, ZoneGroup['zones']>();
	for (const zone of Intl.supportedValuesOf('timeZone')) {
		const [part = '', ...place] = zone.split('/');
		if (place.length === 0 || part === 'Etc') continue;
		const zones = groups.get(part) ?? [];
		zones.push({ zone, words: place.join(', ').replaceAll('_', ' ') });
		groups.set(part, zones);
	}
	return [...groups].map(([name, zones]) => ({ name, zones }));
}

const calendar = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "2026-03-14" as "14 March 2026". */
export function dayInWords(day: string): string {
	return calendar.format(new Date(`${day}T00:00:00Z`));
}
