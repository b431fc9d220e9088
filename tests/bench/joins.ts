// What a thousand scripted joins cost whoever sends them, and what they cost the site. Needs the built site.
// `node tests/bench/joins.ts [joins=100]`; the sums are done natively, as a machine would; the total is reckoned from those.
import { readFileSync } from 'node:fs';
import { prove } from '../community/proving.ts';
import { startSite } from '../built-site.ts';

const number = Number(process.argv[2] ?? '100');
const site = await startSite({ PROOF_OF_WORK: 'on', TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent' });
const plain = (page: string) => page.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Milliseconds of a core that the site has used so far, in hundredths of a second. */
function used(): number {
	const [, after = ''] = readFileSync(`/proc/${site.pid}/stat`, 'utf8').split(') ');
	const fields = after.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function join(address: string, withProof: boolean) {
	const headers = {
		accept: 'text/html',
		origin: site.url,
		'x-forwarded-for': address,
		'content-type': 'application/x-www-form-urlencoded'
	};
	const page = await (await fetch(`${site.url}/join`, { headers })).text();
	const [, offer = ''] = /name="offer" value="([^"]+)"/.exec(page) ?? [];
	const [, name = ''] = /name="name" value="([^"]+)"/.exec(page) ?? [];
	const [, challenge] = /data-proof="([^"]+)"/.exec(page) ?? [];
	const before = process.cpuUsage();
	const proof = withProof && challenge ? await prove(plain(challenge)) : '';
	const { user, system } = process.cpuUsage(before);
	const body = new URLSearchParams({ name, offer, passphrase: 'a lamp in the far window', adult: 'yes', agree: 'yes', proof });
	const { status } = await fetch(`${site.url}/join`, { method: 'POST', redirect: 'manual', headers, body });
	return { status, sum: (user + system) / 1000 };
}

try {
	await join('10.1.0.0', true);
	const before = used();
	let sums = 0;
	const statuses: Record<number, number> = {};
	for (let i = 0; i < number; i++) {
		const { status, sum } = await join(`10.0.${i >> 8}.${i & 255}`, true);
		statuses[status] = (statuses[status] ?? 0) + 1;
		sums += sum;
	}
	const [theirs, ours] = [sums / number, (used() - before) / number];
	console.log(`${number} joins from as many addresses: ${JSON.stringify(statuses)}`);
	console.log(
		`the sum costs a machine ${theirs.toFixed(0)} ms of a core a join; the site spends ${ours.toFixed(0)} ms (page, check, hash, write)`
	);
	console.log(`a thousand: ${theirs.toFixed(0)} s of a core for whoever sends them, ${ours.toFixed(0)} s for the site`);
	const flood: Record<number, number> = {};
	for (let i = 0; i < 1000; i++) {
		const { status } = await join('10.2.0.1', false);
		flood[status] = (flood[status] ?? 0) + 1;
	}
	console.log(
		`a thousand without a sum from one address: ${JSON.stringify(flood)} (202: waits for a moderator, 422: no name was offered, 429: too many)`
	);
} finally {
	await site.stop();
}
