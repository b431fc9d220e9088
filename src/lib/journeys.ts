// The closed sets of a journey. Stop, reduce, taper and medication are equal goals.
export const journeyKinds = ['stop', 'reduce', 'taper', 'medication'] as const;
export type JourneyKind = (typeof journeyKinds)[number];

export const journeyKindWords: Record<JourneyKind, { name: string; hint: string }> = {
	stop: { name: 'Stop', hint: 'Not doing it any more, a day at a time.' },
	reduce: { name: 'Cut down', hint: 'Less, or less often, the way you choose.' },
	taper: { name: 'Step down', hint: 'Slowly, with a doctor or clinic.' },
	medication: { name: 'Stay on medication', hint: 'Taking what keeps you well. It counts in full.' }
};

export function isJourneyKind(value: string): value is JourneyKind {
	return journeyKinds.some((kind) => kind === value);
}

export type LedgerKind = 'began' | 'lapse' | 'return' | 'goal' | 'start_moved' | 'counter';
export type CelebrationState = 'waiting' | 'shared' | 'undone';
