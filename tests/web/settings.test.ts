import { expect, test } from 'vitest';
import { settingsFrom } from '#server/config.ts';

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
	['LEAVE_TO', 'javascript:alert(1)'],
	['LOG_LEVEL', 'loud']
])('%s=%s refuses the start with a sentence that names it', (name, value) => {
	expect(() => settingsFrom({ [name]: value })).toThrow(new RegExp(`${name}.*\\.$`));
});
