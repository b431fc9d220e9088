// Parses what a reader says about a post.
import { limits } from '#lib/limits.ts';
import { isReason, type Reason } from '#lib/moderation.ts';
import { Invalid } from '#lib/refusals.ts';
import { isWarning, type Warning } from '#lib/warnings.ts';
import { graphemes, tidyText } from './text.ts';

export type ReportTyped = { post: string; reason: string; note?: string; suggested?: string[] };

export function parseReport({ reason, note = '', suggested = [] }: ReportTyped): { reason: Reason; note: string; suggested: Warning[] } {
	const words = tidyText(note);
	const problems: Record<string, string> = {};
	if (!isReason(reason)) problems.reason = 'Please choose what worries you about this post.';
	if (reason === 'other' && words === '') problems.note = 'Please tell us in a few words what is wrong.';
	if (graphemes(words) > limits.note) problems.note = `The note is longer than ${limits.note} characters. The first lines are enough.`;
	if (!suggested.every(isWarning)) problems.warnings = 'One of these content warnings is not known here.';
	if (Object.keys(problems).length > 0 || !isReason(reason)) throw new Invalid(problems);
	return { reason, note: words, suggested: reason === 'missing_warning' ? [...new Set(suggested.filter(isWarning))] : [] };
}
