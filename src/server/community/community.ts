// All verbs together, as pages and commands are handed them.
import { boards } from './boards.ts';
import { cases } from './cases.ts';
import { decisions } from './decisions.ts';
import { encouragements } from './encouragements.ts';
import { keptForms } from './kept-forms.ts';
import type { Means } from './means.ts';
import { members } from './members.ts';
import { notices } from './notices.ts';
import { posts } from './posts.ts';
import { preferences } from './preferences.ts';
import { reports } from './reports.ts';
import { sessions } from './sessions.ts';
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
		threads: threads(means),
		posts: posts(means),
		encouragements: encouragements(means),
		reports: reports(means),
		cases: cases(means),
		decisions: decisions(means),
		notices: notices(means)
	};
}

export type Community = ReturnType<typeof community>;
