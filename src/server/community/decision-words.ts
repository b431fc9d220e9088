// Parses a moderator's decision: what happens to the post and to the author apart, under which rule, for which reason.
import { rules } from '#lib/agreement.ts';
import { limits } from '#lib/limits.ts';
import { durations, isAuthorAction, isDuration, isPostAction, type AuthorAction, type Duration, type PostAction } from '#lib/moderation.ts';
import { Invalid } from '#lib/refusals.ts';
import { isWarning, type Warning } from '#lib/warnings.ts';
import { graphemes, tidyText } from './text.ts';

export type DecisionTyped = {
	/** The case's version as the moderator saw it. */
	version: number;
	postAction: string;
	authorAction: string;
	rule: string;
	reason: string;
	privateReason?: string;
	duration?: string;
	warnings?: string[];
};

export type DecisionWords = {
	postAction: PostAction;
	authorAction: AuthorAction;
	rule: string;
	reason: string;
	privateReason: string;
	duration: Duration | null;
	warnings: Warning[];
};

/** What ends by itself. Indefinite sanctions need two moderators, which is not built: so every one of these has an end. */
const timed: readonly AuthorAction[] = ['hold_posts', 'silence', 'board_ban', 'suspend'];
const usualHold: Duration = '7d';

export function parseDecision(typed: DecisionTyped): DecisionWords {
	const { postAction, authorAction, rule, duration = '', warnings = [] } = typed;
	const [reason, privateReason] = [tidyText(typed.reason), tidyText(typed.privateReason ?? '')];
	const acts = postAction !== 'none' || authorAction !== 'none';
	const problems: Record<string, string> = {};
	if (!Number.isSafeInteger(typed.version)) problems.form = 'This form is not complete. Please open the case again.';
	if (!isPostAction(postAction)) problems.post_action = 'Please choose what happens to the post.';
	if (!isAuthorAction(authorAction)) problems.author_action = 'Please choose what happens to the author.';
	if (rule === '' ? acts : !rules.some(({ anchor }) => anchor === rule)) problems.rule = 'Please name the rule this is about.';
	if (acts && reason === '') problems.reason = 'Please give a reason. The author will read it.';
	if (graphemes(reason) > limits.decisionReason) problems.reason = `At most ${limits.decisionReason} characters, please.`;
	if (graphemes(privateReason) > limits.decisionReason) problems.private_reason = `At most ${limits.decisionReason} characters, please.`;
	const needsEnd = timed.some((action) => action === authorAction) && authorAction !== 'hold_posts';
	if (duration === '' ? needsEnd : !isDuration(duration)) problems.duration = 'Please choose for how long.';
	if (!warnings.every(isWarning)) problems.warnings = 'One of these content warnings is not known here.';
	if (postAction === 'add_warning' && warnings.length === 0) problems.warnings = 'Please choose which warning to add.';
	if (Object.keys(problems).length > 0 || !isPostAction(postAction) || !isAuthorAction(authorAction)) throw new Invalid(problems);
	const ends = timed.includes(authorAction);
	return {
		postAction,
		authorAction,
		rule,
		reason,
		privateReason,
		duration: ends ? (isDuration(duration) ? duration : usualHold) : null,
		warnings: postAction === 'add_warning' ? [...new Set(warnings.filter(isWarning))] : []
	};
}

/** When a sanction that begins now ends. A formal notice ends as it begins: it is remembered, and restricts nothing. */
export function endOf(authorAction: AuthorAction, duration: Duration | null, from: number): number {
	return authorAction === 'formal_notice' || duration === null ? from : from + durations[duration];
}
