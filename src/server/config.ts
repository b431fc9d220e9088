// Settings come from the environment; a wrong one refuses the start with a sentence.
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';

export type Settings = {
	port: number;
	host: string;
	/** Every origin that counts as ours; the first is the one we name ourselves by. */
	origins: string[];
	databaseUrl: string;
	keysFile: string;
	erasuresFile: string;
	signUp: 'open' | 'reviewed' | 'invited' | 'closed';
	proofOfWork: boolean;
	staffSecondFactor: 'required' | 'optional';
	trustProxy: string[];
	indexing: boolean;
	leaveTo: string | undefined;
	logLevel: string;
};

const loopback = ['localhost', '127.0.0.1', '[::1]'];

function oneOf<T extends string>(env: NodeJS.ProcessEnv, name: string, allowed: readonly T[], otherwise: T): T {
	const typed = env[name];
	if (!typed) return otherwise;
	const found = allowed.find((value) => value === typed);
	if (!found) throw new Error(`${name} is "${typed}". It may be one of: ${allowed.join(', ')}.`);
	return found;
}

function web(name: string, typed: string): URL {
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url || !/^https?:$/.test(url.protocol))
		throw new Error(`${name} is "${typed}". It should be an address such as https://example.org.`);
	return url;
}

/** Bits that may stand after an address, by its kind. */
const longest: Record<number, number> = { 4: 32, 6: 128 };

function proxies(typed: string | undefined): string[] {
	const all = typed ? typed.split(',').map((one) => one.trim()) : [];
	for (const one of all) {
		const [, address = '', bits = '1'] = /^([^%]*?)(?:\/(\d{1,3}))?$/.exec(one) ?? [];
		if (Number(bits) < 1 || Number(bits) > (longest[isIP(address)] ?? 0))
			throw new Error(`TRUST_PROXY holds "${one}". It should be addresses of your proxies, such as 127.0.0.1 or 10.0.0.0/8.`);
	}
	return all;
}

/** What an operator should know at every start. */
export function notes({ origins, trustProxy, signUp }: Settings): string[] {
	return [
		// Lamplight speaks no TLS itself, so with https something stands in front.
		...(origins[0]?.startsWith('https:') && trustProxy.length === 0
			? ['Note: TRUST_PROXY is not set, so everybody behind your proxy counts as one visitor, and the limits for one visitor hold for all.']
			: []),
		...(signUp === 'invited' ? ['Note: people join by invitation. Make the first one:  npm run staff -- invite'] : [])
	];
}

export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
	const port = Number(env.PORT || 3000);
	if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT is "${env.PORT}". It should be a number from 0 to 65535.`);
	const origin = web('ORIGIN', env.ORIGIN || `http://localhost:${port}`);
	if (origin.pathname !== '/' || origin.search)
		throw new Error(`ORIGIN is "${env.ORIGIN}". It should end after the host, such as https://example.org.`);
	const local = loopback.includes(origin.hostname);
	// On one's own machine the three names of loopback are one site.
	const origins = local ? loopback.map((name) => `${origin.protocol}//${name}${origin.port ? `:${origin.port}` : ''}`) : [origin.origin];
	const host = env.HOST || '127.0.0.1';
	if (!isIP(host) && !/^[a-z0-9.-]+$/i.test(host))
		throw new Error(`HOST is "${host}". It should be an address to listen on, such as 127.0.0.1.`);
	const databaseUrl = env.DATABASE_URL || 'file:data/lamplight.db';
	if (!/^(file:.|postgres(ql)?:\/\/.)/.test(databaseUrl)) throw new Error('DATABASE_URL should begin with file: or postgres://.');
	const keysFile = env.KEYS_FILE || 'data/keys.json';
	return {
		port,
		host,
		origins: [origin.origin, ...origins.filter((other) => other !== origin.origin)],
		databaseUrl,
		keysFile,
		erasuresFile: env.ERASURES_FILE || join(dirname(keysFile), 'erasures.jsonl'),
		signUp: oneOf(env, 'SIGN_UP', ['open', 'reviewed', 'invited', 'closed'], local ? 'open' : 'closed'),
		proofOfWork: oneOf(env, 'PROOF_OF_WORK', ['on', 'off'], local ? 'off' : 'on') === 'on',
		staffSecondFactor: oneOf(env, 'STAFF_SECOND_FACTOR', ['required', 'optional'], local ? 'optional' : 'required'),
		trustProxy: proxies(env.TRUST_PROXY),
		indexing: oneOf(env, 'INDEXING', ['off', 'on'], 'off') === 'on',
		leaveTo: env.LEAVE_TO ? web('LEAVE_TO', env.LEAVE_TO).href : undefined,
		logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info')
	};
}
