// The small scripts by hand that pages load, and where they end up among the client's files.
export const islandNames = [
	'compose',
	'desk',
	'drafts',
	'history-light',
	'leave',
	'left',
	'live',
	'passkey',
	'proof',
	'proof-worker',
	'thread-live'
];
export const islandFolder = '_app/immutable/islands';
