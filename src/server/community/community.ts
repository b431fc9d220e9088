// All verbs together, as pages and commands are handed them.
import { boards } from './boards.ts';
import { bookmarks } from './bookmarks.ts';
import { cases } from './cases.ts';
import { celebrations } from './celebrations.ts';
import { decisions } from './decisions.ts';
import { doorstep } from './doorstep.ts';
import { drafts } from './drafts.ts';
import { encouragements } from './encouragements.ts';
import { exports } from './exports.ts';
import { follows } from './follows.ts';
import { heldAbout } from './held-about.ts';
import { journeys } from './journeys.ts';
import { keptForms } from './kept-forms.ts';
import { leaving } from './leaving.ts';
import { maskList } from './mask-list.ts';
import { masks } from './masks.ts';
import type { Means } from './means.ts';
import { members } from './members.ts';
import { people as peopleVerbs } from './people.ts';
import { passkeys } from './passkeys.ts';
import { notices } from './notices.ts';
import { pages } from './pages.ts';
import { posts } from './posts.ts';
import { preferences } from './preferences.ts';
import { recoveryCodes } from './recovery-codes.ts';
import { pruning } from './pruning.ts';
import { reads } from './reads.ts';
import { reports } from './reports.ts';
import { search } from './search.ts';
import { secondFactors } from './second-factors.ts';
import { sessions } from './sessions.ts';
import { showingMasks } from './showing-masks.ts';
import { suspendedBehindMasks } from './suspended-behind-masks.ts';
import { rails } from './rails.ts';
import { stream } from './stream.ts';
import { threads } from './threads.ts';
import { timeCodes } from './time-codes.ts';
import { turning } from './turning.ts';
import { waysIn } from './ways-in.ts';

export function community(means: Means) {
	const { checks, ...people } = members(means);
	const own = { ...people, checks };
	const factors = secondFactors(means);
	const paper = recoveryCodes(means, own);
	const held = heldAbout(means);
	const app = timeCodes(means, own, factors);
	return {
		/** The hidden key that makes a form's second press harmless. */
		newKey: means.newId,
		boards: boards(means),
		members: people,
		doorstep: doorstep(means, people),
		waysIn: waysIn(means, { members: own, paper, app, factors }),
		recoveryCodes: paper,
		timeCodes: app,
		passkeys: passkeys(means, own, factors),
		secondFactors: factors,
		preferences: preferences(means),
		sessions: sessions(means),
		keptForms: keptForms(means),
		stream: stream(means),
		rails: rails(means),
		threads: threads(means),
		posts: posts(means),
		masks: { ...masks(means), ...maskList(means), ...showingMasks(means), ...suspendedBehindMasks(means) },
		encouragements: encouragements(means),
		reports: reports(means),
		cases: cases(means),
		decisions: decisions(means),
		held,
		exports: exports(means, { stepUp: people.stepUp, held }),
		leaving: leaving(means, own),
		journeys: journeys(means),
		celebrations: celebrations(means),
		notices: notices(means),
		drafts: drafts(means),
		follows: follows(means),
		bookmarks: bookmarks(means),
		reads: reads(means),
		people: peopleVerbs(means),
		search: search(means),
		pages: pages(means),
		pruning: pruning(means),
		shelves: turning(means)
	};
}

export type Community = ReturnType<typeof community>;
