// The ledger of reports, cases, decisions, and what members are told of them.
import type { LedgerOf } from './ledger-words.ts';
import type { ModerationTables } from './tables.ts';

const noWords = { title: '', body: '', warnings: [], name: '' };

export const moderationLedger = {
	cases: {
		what: 'Cases about your posts',
		about: [
			['postId', 'posts', 'stays'],
			['claimedBy', 'members', 'unlinked'],
			['escalatedBy', 'members', 'unlinked']
		],
		seen: 'staff',
		kept: 'log',
		columns: {
			id: ['random id', 'The case’s address.'],
			kind: ['state', 'A report, or a post that waits for a moderator.'],
			postId: ['link', 'The post it is about.'],
			boardId: ['link', 'The board.'],
			priority: ['state', 'How soon somebody should look.'],
			score: ['counter', 'The weight of the reports.'],
			state: ['state', 'Open, held by somebody, decided or closed.'],
			outcome: ['state', 'How it ended.'],
			version: ['counter', 'How often it changed.'],
			claimedBy: ['other member', 'The moderator who looks at it.'],
			claimExpiresAt: ['moment', 'Until when.'],
			escalatedBy: ['other member', 'The moderator who passed it on.'],
			openedAt: ['moment', 'When it was opened.'],
			dueAt: ['moment', 'When a first look is due.'],
			closedAt: ['moment', 'When it was closed.'],
			reopened: ['counter', 'How often it came back.']
		}
	},
	reports: {
		what: 'Reports you sent',
		about: [
			['reporterId', 'members', 'unlinked'],
			['postId', 'posts', 'stays']
		],
		seen: 'you and staff',
		kept: 'log',
		prune: [
			{
				kept: 'report words',
				from: 'settledAt',
				marker: 'postVersion',
				blank: { postVersion: 0, note: '', suggested: [], snapshot: noWords }
			}
		],
		columns: {
			id: ['random id', 'The row’s own number.'],
			caseId: ['link', 'The case it belongs to.', { seen: 'staff' }],
			postId: ['link', 'The post.'],
			reporterId: ['other member', 'Who sent it. Never told to the author.', { seen: 'program' }],
			reason: ['state', 'The reason that was chosen.'],
			note: ['private words', 'What was added to it.', { kept: 'report words' }],
			suggested: ['state', 'Warnings that were suggested.', { kept: 'report words' }],
			postVersion: ['counter', 'Which version of the post it was about.', { seen: 'staff', kept: 'report words' }],
			snapshot: ['private words', 'What the post said then, with its author’s pseudonym.', { seen: 'staff', kept: 'report words' }],
			weight: ['counter', 'What the report weighs.', { seen: 'program' }],
			trusted: ['state', 'Whether its sender’s reports were right before.', { seen: 'program' }],
			status: ['state', 'Open, upheld, not upheld or taken back.'],
			reportedAt: ['moment', 'When it was sent.'],
			settledAt: ['moment', 'When it was settled.']
		}
	},
	caseEvents: {
		what: 'The log of those cases',
		about: [
			['caseId', 'cases', 'stays'],
			['actorId', 'members', 'unlinked']
		],
		seen: 'staff',
		kept: 'log',
		columns: {
			id: ['random id', 'The row’s own number.'],
			caseId: ['link', 'The case.'],
			version: ['counter', 'Their order.'],
			kind: ['state', 'What happened.'],
			actorId: ['other member', 'The moderator who did it.'],
			detail: [
				'state',
				'What was chosen, and why it was passed on. Also marks, read only with the key: of moderators whom its reporter had blocked, and of a moderator who erased the post.'
			],
			at: ['moment', 'When.']
		}
	},
	decisions: {
		what: 'Decisions about your posts',
		about: [
			['caseId', 'cases', 'stays'],
			['moderatorId', 'members', 'unlinked']
		],
		seen: 'you and staff',
		kept: 'log',
		columns: {
			id: ['random id', 'The row’s own number.'],
			caseId: ['link', 'The case.', { seen: 'staff' }],
			moderatorId: ['other member', 'Who decided.', { seen: 'staff' }],
			postAction: ['state', 'What happened to the post.'],
			authorAction: ['state', 'What happened to the account.'],
			rule: ['state', 'The rule it rests on.'],
			reason: ['private words', 'The reason as it was given.'],
			privateReason: ['private words', 'A note among moderators.', { seen: 'staff' }],
			duration: ['state', 'For how long.'],
			warnings: ['state', 'Warnings that were added.'],
			decidedAt: ['moment', 'When it was decided.'],
			applyAt: ['moment', 'When it took effect.'],
			settled: ['state', 'Waiting, done or undone.']
		}
	},
	sanctions: {
		what: 'Limits put on your account',
		about: [['memberId', 'members', 'goes']],
		seen: 'you and staff',
		kept: 'log',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Whose account.', { seen: 'staff' }],
			decisionId: ['link', 'The decision it follows from.', { seen: 'staff' }],
			kind: ['state', 'What is limited.'],
			boardId: ['link', 'The board, if it is about one.'],
			rule: ['state', 'The rule it rests on.'],
			reason: ['private words', 'The reason as it was given.'],
			from: ['moment', 'From when.'],
			until: ['moment', 'Until when.']
		}
	},
	notices: {
		what: 'Your notices',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'read notice',
		prune: [
			{ kept: 'read notice', from: 'readAt' },
			{ kept: 'unread notice', from: 'at', only: { readAt: null } }
		],
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Who is told.', { seen: 'program' }],
			forPost: ['link', 'In place of who: the post without a name whose author is told.', { seen: 'program' }],
			kind: ['state', 'What happened.'],
			postId: ['link', 'Where.'],
			detail: ['private words', 'What was decided and why.'],
			at: ['moment', 'When.'],
			readAt: ['day', 'The day you read it. Not the hour.']
		}
	}
} as const satisfies LedgerOf<ModerationTables>;
