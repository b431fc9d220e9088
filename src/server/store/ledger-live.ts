// The ledger of journeys, celebrations, the live feed, and what leads a member back.
import type { LedgerOf } from './ledger-words.ts';
import type { LiveTables } from './tables.ts';

export const liveLedger = {
	journeys: {
		what: 'Your journey',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'account',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Whose journey it is.', { seen: 'program' }],
			kind: ['private words', 'Stop, reduce, taper or medication.'],
			words: ['private words', 'What you change, in your words.'],
			startedOn: ['day', 'The day you began.'],
			zone: ['preference', 'Your time zone, so that your days are yours.'],
			dayEnds: ['preference', 'The hour at which your day ends.'],
			firstDay: ['preference', 'Whether the first day counts as 0 or 1.'],
			counterOff: ['preference', 'Whether the counter is switched off.'],
			begunAt: ['moment', 'When you first filled in the form.'],
			version: ['counter', 'How often it was changed.']
		}
	},
	journeyEntries: {
		what: 'What you told your journey',
		about: [['journeyId', 'journeys', 'goes']],
		seen: 'you',
		kept: 'account',
		columns: {
			id: ['random id', 'The row’s own number.'],
			journeyId: ['link', 'Your journey.'],
			number: ['counter', 'Their order.'],
			kind: ['private words', 'A lapse, a return or a change of goal.'],
			on: ['day', 'The day it belongs to.'],
			words: ['private words', 'Your words about it.'],
			at: ['moment', 'When you wrote it down.']
		}
	},
	medals: {
		what: 'Medallions on your shelf',
		about: [['journeyId', 'journeys', 'goes']],
		seen: 'you',
		kept: 'account',
		columns: {
			id: ['random id', 'The row’s own number.'],
			journeyId: ['link', 'Your journey.'],
			milestone: ['private words', 'Which medallion.'],
			reachedOn: ['day', 'The day you reached it. Never shown to others.']
		}
	},
	celebrations: {
		what: 'Celebrations you shared',
		about: [['memberId', 'members', 'chosen']],
		seen: 'everyone',
		kept: 'taken back',
		prune: [{ kept: 'taken back', from: 'madeAt', only: { state: 'undone' } }],
		columns: {
			id: ['random id', 'The celebration’s own number.'],
			memberId: ['link', 'Who celebrates.'],
			milestone: ['public words', 'The medallion, never a date.'],
			words: ['public words', 'Your line beside it.'],
			state: ['state', 'Waiting, shared or taken back.', { seen: 'you' }],
			madeAt: ['moment', 'When you pressed the button.', { seen: 'you' }],
			shareAt: ['moment', 'When it goes out: at once or at a random time within a day. After a day others only see a coarse age.'],
			cheers: ['counter', 'How many cheered.'],
			key: ['random id', 'Makes a second press of the same form harmless.', { seen: 'program' }]
		}
	},
	cheers: {
		what: 'Cheers you gave',
		about: [['memberId', 'members', 'chosen']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			celebrationId: ['link', 'What you cheered. Others see only how many.'],
			memberId: ['link', 'Who gave it, so that it can be taken back.']
		}
	},
	stream: {
		what: 'What open pages are being told',
		about: [
			['audience', 'members', { becomes: 'doors' }, 'member:'],
			['by', 'members', 'unlinked']
		],
		seen: 'program',
		kept: 'stream',
		columns: {
			number: ['counter', 'Their order.'],
			type: ['state', 'What happened.'],
			audience: ['link', 'Who may hear it.'],
			data: ['public words', 'Which page it is about; for a celebration its name and line.'],
			by: ['link', 'Whose doing it tells of, so that it stays away from those who blocked one another.'],
			at: ['moment', 'When it happened. Pages are told the minute.']
		}
	},
	follows: {
		what: 'Stories and boards you follow or mute',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Who follows.', { seen: 'program' }],
			kind: ['preference', 'Followed or muted.'],
			target: ['link', 'What you follow or mute.'],
			at: ['moment', 'Since when.']
		}
	},
	bookmarks: {
		what: 'Your bookmarks',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Whose bookmark.', { seen: 'program' }],
			postId: ['link', 'What you put aside.'],
			at: ['moment', 'Since when: the order of your list.']
		}
	},
	drafts: {
		what: 'Drafts from an older version, until the next start',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'draft',
		prune: [{ kept: 'draft', from: 'keptAt' }],
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Whose draft.', { seen: 'program' }],
			place: ['link', 'The form it belongs to.'],
			boardId: ['link', 'The board it is for.'],
			title: ['private words', 'The title so far.'],
			body: ['private words', 'The words so far.'],
			warnings: ['private words', 'The warnings ticked so far.'],
			keptAt: ['moment', 'When it was last kept.']
		}
	}
} as const satisfies LedgerOf<LiveTables>;
