// The log of a case in sentences, for the desk. Reporters are never named in it.
import { authorActionWords, isAuthorAction, isPostAction, isReason, postActionWords, priorityWords, reasons } from '#lib/moderation.ts';
import { isWarning, warningWords } from '#lib/warnings.ts';
import type { CaseEventKind } from './case-events.ts';

type Detail = Record<string, string | number | string[]>;
type Said = (detail: Detail, by: string) => string;

const text = (value: Detail[string] | undefined) => (typeof value === 'string' ? value : '');

function reasonWords(value: Detail[string] | undefined): string {
	const code = text(value);
	return isReason(code) ? `“${reasons[code].words}”` : 'a reason of its own';
}

function priorityWord(value: Detail[string] | undefined): string {
	return Object.entries(priorityWords).find(([code]) => code === String(value))?.[1] ?? '';
}

function warningList(value: Detail[string] | undefined): string {
	return Array.isArray(value)
		? value
				.filter(isWarning)
				.map((warning) => warningWords[warning])
				.join(', ')
		: '';
}

function actionWords(detail: Detail): string {
	const [post, author] = [text(detail.post_action), text(detail.author_action)];
	return `Post: ${isPostAction(post) ? postActionWords[post] : post}; author: ${isAuthorAction(author) ? authorActionWords[author] : author}`;
}

const said: Record<CaseEventKind, Said> = {
	created: ({ kind }) => (kind === 'held_post' ? 'A post was held for a look.' : 'A first report came.'),
	report_added: ({ reason }) => `A member reported it: ${reasonWords(reason)}.`,
	report_taken_back: ({ reason }) => `A member took a report back: ${reasonWords(reason)}.`,
	report_settled: ({ reason }) => `A member reported what was already decided: ${reasonWords(reason)}.`,
	priority_changed: ({ to }) => `It is now in the queue as “${priorityWord(to)}”.`,
	folded: ({ reason, by }) =>
		by === 'reports' ? `The reports folded the post: ${reasonWords(reason)}.` : `The post was folded: ${reasonWords(reason)}.`,
	unfolded: () => 'The post was unfolded.',
	warning_added: ({ warnings }) => `Readers’ suggestions added a content warning for now: ${warningList(warnings)}.`,
	post_edited: () => 'The author edited the post.',
	target_withdrawn: () => 'The author took the post back.',
	target_returned: () => 'The author put the post up again.',
	target_erased: () => 'The author erased the post for good.',
	claimed: (_, by) => `${by} took it.`,
	released: ({ by: how }, by) => (how === 'expiry' ? 'Nobody was working on it any more.' : `${by} gave it back.`),
	escalated: ({ reason }, by) => `${by} passed it on: ${text(reason)}`,
	unmask_asked: (_, by) => `${by} asked to see who is behind the mask.`,
	unmask_confirmed: (_, by) => `${by} confirmed it: both see the name for a day, and its author is told.`,
	decision_set: (detail, by) => `${by} decided. ${actionWords(detail)}.`,
	decision_undone: (_, by) => `${by} undid the decision.`,
	applied: () => 'The decision took effect.',
	reopened: ({ by }) =>
		by === 'edit'
			? 'The author changed the words in the meantime: what was decided about the post did not take effect.'
			: 'A report brought it back.',
	closed: ({ outcome }) => (outcome === 'withdrawn' ? 'It closed by itself.' : 'It was closed.')
};

export function logLine(kind: string, detail: Detail, actor: string | null): string {
	const sentence = Object.entries(said).find(([known]) => known === kind)?.[1];
	return sentence ? sentence(detail, actor ?? 'Somebody') : kind;
}
