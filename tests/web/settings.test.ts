import { expect, test } from 'vitest';
import { settingsFrom } from '#server/config.ts';
import { aSite } from './a-site.ts';

test('without any setting the site is for one’s own machine', () => {
	expect(settingsFrom({})).toMatchObject({
		port: 3000,
		host: '127.0.0.1',
		origins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
		databaseUrl: 'file:data/lamplight.db',
		signUp: 'open',
		proofOfWork: false,
		staffSecondFactor: 'optional',
		indexing: false
	});
});

test('on a public address sign-up is closed and the stricter settings hold until the operator decides', () => {
	expect(settingsFrom({ ORIGIN: 'https://lamp.example' })).toMatchObject({
		origins: ['https://lamp.example'],
		signUp: 'closed',
		proofOfWork: true,
		staffSecondFactor: 'required'
	});
});

test.each([
	['PORT', 'many'],
	['PORT', '70000'],
	['ORIGIN', 'lamp.example'],
	['ORIGIN', 'https://lamp.example/path'],
	['ORIGIN', 'ftp://lamp.example'],
	['HOST', 'a b'],
	['DATABASE_URL', 'mysql://x'],
	['SIGN_UP', 'sometimes'],
	['PROOF_OF_WORK', 'yes'],
	['STAFF_SECOND_FACTOR', 'maybe'],
	['INDEXING', '1'],
	['TRUST_PROXY', 'abc'],
	['TRUST_PROXY', '127.0.0.1,nowhere'],
	['TRUST_PROXY', '127.0.0.1,'],
	['TRUST_PROXY', '10.0.0.0/33'],
	['TRUST_PROXY', '10.0.0.0/8/8'],
	['TRUST_PROXY', '::1/129'],
	['TRUST_PROXY', '/8'],
	['TRUST_PROXY', '0.0.0.0/0'],
	['TRUST_PROXY', 'fe80::1%eth0'],
	['LEAVE_TO', 'javascript:alert(1)'],
	['LOG_LEVEL', 'loud']
])('%s=%s refuses the start with a sentence that names it', (name, value) => {
	expect(() => settingsFrom({ [name]: value })).toThrow(new RegExp(`${name}.*\\.$`));
});

test.each(['127.0.0.1', ' 127.0.0.1 , 10.0.0.0/8', '10.0.0.0/1,::1/128, fd00::/8', '::ffff:10.0.0.1/104'])(
	'TRUST_PROXY="%s" passes the check and starts the site',
	async (typed) => {
		const app = await aSite({ TRUST_PROXY: typed });
		expect((await app.inject({ url: '/livez' })).statusCode).toBe(200);
	}
);
