// The label readers see on a post that a moderator folded: by the rule that was named, never by what reports said.
import type { RuleAnchor } from '#lib/agreement.ts';
import type { Reason } from '#lib/moderation.ts';

const byRule: Record<RuleAnchor, Reason> = {
	'no-names': 'doxxing',
	'no-methods': 'methods',
	'no-trade': 'sourcing',
	'no-harassment': 'harassment',
	'no-threats': 'threat',
	'no-predatory-contact': 'predatory_contact',
	'content-warnings': 'missing_warning',
	'no-spam': 'spam',
	'be-kind': 'unkind',
	'own-experience': 'medical_advice',
	'adults-only': 'other',
	'not-an-emergency-service': 'other'
};

export function foldReason(rule: string): Reason {
	return Object.entries(byRule).find(([anchor]) => anchor === rule)?.[1] ?? 'other';
}
