// The closed sets that columns hold, named where tables and verbs can both see them.
import type { Warning, WarningShown } from '../../lib/warnings.ts';

export type Role = 'member' | 'greeter' | 'moderator' | 'administrator';
export type BoardWarnings = Warning[];
export type WarningChoices = Partial<Record<Warning, WarningShown>>;
