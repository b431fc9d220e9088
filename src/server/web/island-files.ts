// The small scripts by hand that pages load, and where they end up among the client's files.
export const islandNames = ['compose', 'desk', 'drafts', 'leave', 'live', 'passkey', 'thread-live'];
export const islandFolder = '_app/immutable/islands';
