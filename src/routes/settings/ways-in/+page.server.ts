import { isIP } from 'node:net';
import { redirect } from '@sveltejs/kit';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, url }) => {
	const { reader, session, staffWaiting, community, settings } = locals;
	if (!reader) redirect(303, '/sign-in?to=/settings/ways-in');
	const { recoveryCodes, passkeys, timeCodes, secondFactors } = community;
	const [codesLeft, devices, appSince, shown] = await Promise.all([
		recoveryCodes.left(reader),
		passkeys.list(reader),
		timeCodes.since(reader),
		secondFactors.given(reader, session)
	]);
	return {
		codesLeft,
		devices,
		appSince,
		shown,
		staffWaiting,
		required: settings.staffSecondFactor === 'required',
		/** Passkeys belong to a name, not to a number. */
		passkeysHere: isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0,
		done: url.searchParams.get('done')
	};
};
