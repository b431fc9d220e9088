import type { Typed } from '#lib/forms.ts';
import type { Lay } from '#lib/ready-parts.ts';
import type { Refusal } from '#lib/refusals.ts';
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
			/** Staff whose second factor is still to be shown: until then they are a member. */
			staffWaiting: boolean;
			/** How this reader wants to see things: a member's from the store, a guest's from a cookie. */
			preferences: Preferences;
			settings: Settings;
			/** This browser asked to keep a visit as one step of its history. */
			historyLight: boolean;
			/** What was being written for this address when a session ended, and how to let go of it once it is posted. */
			kept: (path: string) => Promise<Typed | undefined>;
			/** The cookie by which it is found, for pages that only say that something waits. */
			keptToken: string | undefined;
			forgetKept: () => Promise<void>;
			/** Addresses of the small scripts, by name. */
			islands: Record<string, string>;
			/** Lays a part that stands ready into the page. */
			lay: Lay;
		}
		/** What Fastify hands to each page's request. */
		interface Platform {
			community: Community;
			settings: Settings;
			islands: Record<string, string>;
			/** Whether the request came over https: decides the cookie's name. */
			secure: boolean;
			/** Stands for the address that asked, and means nothing tomorrow; undefined where addresses do not count. */
			from?: () => string | undefined;
			/** What a problem says that is no bug: the store does not answer, which passes. Undefined for all others. */
			passing: (problem: unknown) => Refusal | undefined;
			/** Writes a bug to the log under an id; never what was typed. */
			reportBug: (problem: unknown) => string;
			/** Takes a whole page past Kit, which would hash and copy it (a tenth of a page's CPU). Absent in development. */
			hand?: (page: Uint8Array) => void;
			/** The route's pattern, told back for the log line: addresses themselves are not logged. */
			seen: { route: string | null };
		}
		interface Error {
			/** Given to people who write to the operator about a bug. */
			id?: string;
		}
	}
}
