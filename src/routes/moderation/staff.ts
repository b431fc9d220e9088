// Who sits at the desk. For everybody else there is nothing at these addresses.
import { error, redirect } from '@sveltejs/kit';
import type { Actor } from '#server/community/means.ts';

export function theStaff({ reader, staffWaiting }: App.Locals): Actor {
	if (staffWaiting) redirect(303, '/settings/ways-in');
	if (reader?.role !== 'moderator' && reader?.role !== 'administrator')
		error(404, 'There is nothing at this address, or it is not open to you.');
	return reader;
}
