import type { Community } from '#server/community/community.ts';
import type { Reader } from '#server/community/means.ts';
import type { Preferences } from '#server/community/preferences.ts';
import type { Settings } from '#server/config.ts';

declare global {
	namespace App {
		interface Locals {
			community: Community;
			/** The signed-in member, or undefined for a guest. */
			reader: Reader;
			/** This session's id (the hash of its token), to mark it in the list. */
			session: string | undefined;
			/** How this reader wants to see things: a member's from the store, a guest's from a cookie. */
			preferences: Preferences;
			settings: Settings;
			/** Addresses of the small scripts, by name. */
			islands: Record<string, string>;
		}
		interface Error {
			/** Given to people who write to the operator about a bug. */
			id?: string;
		}
	}
}
