// The closed sets of a journey. Stop, reduce, taper and medication are equal goals.
export const journeyKinds = ['stop', 'reduce', 'taper', 'medication'] as const;
export type JourneyKind = (typeof journeyKinds)[number];
export type LedgerKind = 'began' | 'lapse' | 'return' | 'goal' | 'start_moved' | 'counter';
export type CelebrationState = 'waiting' | 'shared' | 'undone';
