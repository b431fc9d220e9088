import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, typedFields, type Typed } from '#lib/forms.ts';
import { askedSince, isAskedSince } from '#lib/joining.ts';
import type { Actor } from '#server/community/means.ts';
import { theStaff } from '../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const actor = theStaff(locals);
	const { doorstep } = locals.community;
	const since = url.searchParams.get('since') ?? '';
	return {
		waiting: await doorstep.whoWaits(actor),
		turnings: await doorstep.turnings(actor),
		/** The step before turning all away: how many that would be. */
		all: isAskedSince(since) ? { code: since, ...(await doorstep.askedWithin(actor, askedSince[since].within)) } : undefined,
		done: url.searchParams.get('done')
	};
};

const form =
	(done: string, verb: (doorstep: App.Locals['community']['doorstep'], actor: Actor, typed: Typed) => Promise<void>) =>
	async (event: RequestEvent) => {
		const typed = await typedFields(event.request);
		const actor = theStaff(event.locals);
		const refused = await answering(event, typed, () => verb(event.locals.community.doorstep, actor, typed));
		if (refused) return refused;
		redirect(303, `/moderation/joining?done=${done}`);
	};

export const actions: Actions = {
	'let-in': form('let-in', (doorstep, actor, typed) => doorstep.letIn(actor, one(typed, 'member'))),
	'turn-away': form('turned-away', (doorstep, actor, typed) => doorstep.turnAway(actor, one(typed, 'member'))),
	'turn-all-away': form('all-turned-away', (doorstep, actor, typed) =>
		doorstep.turnAllAway(actor, { since: Number(one(typed, 'from') || Number.NaN), until: Number(one(typed, 'until') || Number.NaN) })
	)
};
