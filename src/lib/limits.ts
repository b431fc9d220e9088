// Policy numbers, each with its reason.
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const limits = {
	/** Long enough for a life story, short enough to render within 50 ms. */
	body: 20_000,
	/** Graphemes: a title is read at a glance. */
	title: 120,
	/** Plain characters of a story's card: a little more than its two lines on a wide screen. */
	excerpt: 220,
	note: 1_000,
	decisionReason: 2_000,
	/** A page of answers that an old phone lays out without pausing. */
	answersPerPage: 50,
	threadsPerPage: 30,
	casesPerPage: 50,
	/** Graphemes of a search: a long sentence; of it twelve words are looked for. */
	search: 200,
	resultsPerPage: 20,
	/** Whoever needs more than this needs a moderator. */
	blocks: 500,
	mutes: 500,
	/** Looked for in everything on a page. */
	mutedWords: 50,
	mutedWord: 60,
	/** How far a post's own link looks back, so that it is read in its conversation. */
	answersBefore: 8,
	/** The same words under the same parent within this time are one post, with or without a form's key. */
	sameWordsWithin: minute,
	/** A post with a mask waits a random part of this before others see it, so that nobody can tell it by the moment. */
	maskDelay: 3 * minute,
	firstDay: day,
	firstDayThreads: 3,
	firstDayReplies: 10,
	namesOffered: 5,
	/** Somebody slow or distracted still gets the name that was offered. */
	offerHeldFor: 10 * minute,
	/** Signing in again may take a while when a child cries. */
	formKeptFor: day,
	/** More than anybody writes at once; an old one that nobody came back to makes room. */
	drafts: 50,
	/** Drafts begun in one day. Each leaves an empty row until the next, which every later look of that day has to pass. */
	placesADay: 500,
	/** Within it, what was new when a thread was opened stays marked: encouraging one answer does not unmark the others. */
	visit: 30 * minute,
	/** A whole clinic whose sessions end while they write; of the 3,000 that are kept for all it is a thirtieth. */
	formsFromOneAddress: 100,
	passphraseShortest: 12,
	/** A browser that has signed in before is known as long as somebody may stay away and come back. */
	deviceKnownFor: 180 * day,
	/** Reading the agreement and finding words takes a while; a stock of proofs made beforehand should not last. */
	proofGoodFor: 30 * minute,
	/** A whole group may come in by one code. */
	invitationUses: 50,
	invitationDays: 60,
	invitationsStanding: 500,
	/** What somebody who asks to come in may say to the moderator: a sentence or two. */
	joiningWords: 280,
	/** More than moderators read in a day: who comes then is asked to come back. */
	waitingToJoin: 200,
	/** A household. A group that sits behind one address comes in by an invitation. */
	waitingFromOneAddress: 5,
	/** How long a request waits, and how long somebody turned away can still learn of it. */
	waitsFor: 14 * day,
	sessionIdle: 14 * day,
	sessionLongest: 90 * day,
	staffSessionLongest: 12 * hour,
	/** How long the two moderators who looked behind a mask see the name. */
	unmaskedFor: day,
	claimHeldFor: 15 * minute,
	/** Time to notice a slip before anybody is told. */
	undoWithin: 12_000,
	foldedEditAfter: 10 * minute,
	/** What is being changed, in a member's own words: a sentence or two. */
	journeyWords: 280,
	ledgerWords: 500,
	/** A whole life of changes; more is not somebody keeping a journey. */
	ledgerEntries: 2_000,
	/** A line beside a medallion. */
	celebrationWords: 140,
	/** A celebration waits a random part of this, so that nobody can count back to a date. */
	celebrationDelay: day,
	/** Encouragements, and cheers: somebody who reads a whole evening presses less, and each press is told to all who have the page open. */
	kindPresses: { most: 120, within: 10 * minute },
	/** Small is fine, many is fine; a flood would drown the others. */
	victoriesPerDay: 5,
	celebrationsPerPage: 30
} as const;
