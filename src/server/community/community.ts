// All verbs together, as pages and commands are handed them.
import { boards } from './boards.ts';
import { bookmarks } from './bookmarks.ts';
import { cases } from './cases.ts';
import { celebrations } from './celebrations.ts';
import { decisions } from './decisions.ts';
import { drafts } from './drafts.ts';
import { encouragements } from './encouragements.ts';
import { follows } from './follows.ts';
import { heldAbout } from './held-about.ts';
import { journeys } from './journeys.ts';
import { keptForms } from './kept-forms.ts';
import type { Means } from './means.ts';
import { members } from './members.ts';
import { notices } from './notices.ts';
import { posts } from './posts.ts';
import { preferences } from './preferences.ts';
import { pruning } from './pruning.ts';
import { reads } from './reads.ts';
import { reports } from './reports.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { rails } from './rails.ts';
import { stream } from './stream.ts';
import { threads } from './threads.ts';

export function community(means: Means) {
	return {
		/** The hidden key that makes a form's second press harmless. */
		newKey: means.newId,
		boards: boards(means),
		members: members(means),
		preferences: preferences(means),
		sessions: sessions(means),
		keptForms: keptForms(means),
		stream: stream(means),
		rails: rails(means),
		threads: threads(means),
		posts: posts(means),
		encouragements: encouragements(means),
		reports: reports(means),
		cases: cases(means),
		decisions: decisions(means),
		held: heldAbout(means),
		journeys: journeys(means),
		celebrations: celebrations(means),
		notices: notices(means),
		drafts: drafts(means),
		follows: follows(means),
		bookmarks: bookmarks(means),
		reads: reads(means),
		search: search(means),
		pruning: pruning(means)
	};
}

export type Community = ReturnType<typeof community>;
