// What PostgreSQL and its driver say where the store hangs, is locked or cannot be reached: it passes, and is a bug of nobody.

/** Drizzle wraps the driver's error: the code is on the cause. */
export function says(problem: unknown, words: readonly string[]): boolean {
	if (!(problem instanceof Error)) return false;
	if (words.includes(problem.message) || ('code' in problem && words.some((word) => word === problem.code))) return true;
	return says(problem.cause, words);
}

/** The server gave up a statement or a lock: both times it goes on with this connection. */
const gaveUp = ['57014', '55P03'];
/** The driver gave up waiting for an answer: the statement may still run there, and whatever is sent now waits behind it. */
export const noAnswer = ['Query read timeout'];
/** No connection was free, or none could be opened: nobody listens, the name is not known, or the server starts, stops or is full. */
const noConnection = [
	...['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'],
	...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
	...['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006']
];
/** The connection broke under the question. */
const broken = [
	'Connection terminated unexpectedly',
	'Connection terminated',
	'Client has encountered a connection error and is not queryable'
];

export const isAway = (problem: unknown) => says(problem, [...gaveUp, ...noAnswer, ...noConnection, ...broken]);
