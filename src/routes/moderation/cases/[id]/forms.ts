// The forms of one case: each parses its fields, calls one verb and shows the case as it stands then.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, several, typedFields, type Typed } from '#lib/forms.ts';
import type { Actor } from '#server/community/means.ts';
import { theStaff } from '../../staff.ts';

type Event = RequestEvent<{ id: string }>;

function form(verb: (community: App.Locals['community'], actor: Actor, id: string, typed: Typed) => Promise<void>) {
	return async (event: Event) => {
		const typed = await typedFields(event.request);
		const actor = theStaff(event.locals);
		const refused = await answering(event, typed, () => verb(event.locals.community, actor, event.params.id, typed));
		if (refused) return refused;
		redirect(303, `/moderation/cases/${event.params.id}`);
	};
}

export const actions = {
	claim: form(({ cases }, actor, id) => cases.claim(actor, id)),
	release: form(({ cases }, actor, id) => cases.release(actor, id)),
	undo: form(({ decisions }, actor, id) => decisions.undo(actor, id)),
	escalate: form(({ cases }, actor, id, typed) => cases.escalate(actor, id, one(typed, 'reason'))),
	unmask: form(({ cases }, actor, id, typed) => cases.askUnmasking(actor, id, one(typed, 'unmask_reason'))),
	'confirm-unmasking': form(({ cases }, actor, id) => cases.confirmUnmasking(actor, id)),
	decide: form(({ decisions }, actor, id, typed) =>
		decisions.decide(actor, id, {
			version: Number(one(typed, 'version') || Number.NaN),
			postAction: one(typed, 'post_action'),
			authorAction: one(typed, 'author_action'),
			rule: one(typed, 'rule'),
			reason: one(typed, 'reason'),
			privateReason: one(typed, 'private_reason'),
			duration: one(typed, 'duration'),
			warnings: several(typed, 'warnings')
		})
	)
};
