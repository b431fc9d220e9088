// Content warnings: what an author marks and a reader chooses to show, fold or hide (safety.md N1).
export const warnings = [
	'drug_use',
	'self_harm',
	'suicide',
	'violence',
	'sexual_violence',
	'eating',
	'grief',
	'child_loss',
	'medical'
] as const;
export type Warning = (typeof warnings)[number];

export const warningWords: Record<Warning, string> = {
	drug_use: 'drug use in detail',
	self_harm: 'self-harm',
	suicide: 'suicide',
	violence: 'violence',
	sexual_violence: 'sexual violence',
	eating: 'eating',
	grief: 'grief',
	child_loss: 'loss of a child',
	medical: 'medical detail'
};

export const waysShown = ['show', 'fold', 'hide'] as const;
export type WarningShown = (typeof waysShown)[number];

/** How each warning is shown until a reader chooses otherwise: four are folded, the others are chips (rulings.md 7). */
export const defaultShown: Record<Warning, WarningShown> = {
	drug_use: 'fold',
	self_harm: 'fold',
	suicide: 'fold',
	violence: 'show',
	sexual_violence: 'fold',
	eating: 'show',
	grief: 'show',
	child_loss: 'show',
	medical: 'show'
};

export function isWarning(value: string): value is Warning {
	return warnings.some((warning) => warning === value);
}

/**
 * How a post with these warnings appears to a reader: the strictest choice among them wins.
 * On a hard day everything with a warning that would be shown is folded, and what would be folded is hidden.
 */
export function shownHow(of: readonly Warning[], choices: Partial<Record<Warning, WarningShown>>, hardDay: boolean): WarningShown {
	const strictest = Math.max(0, ...of.map((warning) => waysShown.indexOf(choices[warning] ?? defaultShown[warning])));
	const level = hardDay && of.length > 0 ? Math.min(2, strictest + 1) : strictest;
	return waysShown[level] ?? 'hide';
}
