// Whether the time of a refused sign-in tells a known name from an unknown one. Needs the built site.
// `node tests/bench/enumeration.ts [pairs=500] [ceiling]`; prints Student's t of the paired differences, and ends with 1 above the ceiling.
import { createHash } from 'node:crypto';
import { startSite } from '../built-site.ts';

const [pairs = '500', ceiling] = process.argv.slice(2);
const number = Number(pairs);
/** A name may fail five times before it has to wait. */
const triesPerName = 4;

// Each request comes from an address of its own, so that no limit answers in the door's place.
const site = await startSite({ TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent' });
let asked = 0;
const headers = () => ({
	accept: 'text/html',
	origin: site.url,
	'content-type': 'application/x-www-form-urlencoded',
	'x-forwarded-for': `10.${(++asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`
});
const post = (path: string, fields: Record<string, string>) =>
	fetch(site.url + path, { method: 'POST', redirect: 'manual', headers: headers(), body: new URLSearchParams(fields) });

async function join(): Promise<string> {
	const page = await (await fetch(`${site.url}/join`, { headers: headers() })).text();
	const [, offer = ''] = /name="offer" value="([^"]+)"/.exec(page) ?? [];
	const [, name = ''] = /name="name" value="([^"]+)"/.exec(page) ?? [];
	const { status } = await post('/join', { name, offer, passphrase: 'a lamp in the far window', adult: 'yes', agree: 'yes' });
	if (status !== 303) throw new Error(`Joining was answered with ${status}.`);
	return name;
}

/** Milliseconds of a refused sign-in, and a hash of the page without the name that was typed. */
async function refused(name: string) {
	const began = performance.now();
	const answer = await post('/sign-in', { name, passphrase: 'some words that fit nowhere' });
	const text = await answer.text();
	const took = performance.now() - began;
	if (answer.status !== 422) throw new Error(`A sign-in was answered with ${answer.status}.`);
	return { took, page: createHash('sha256').update(text.replaceAll(name, '')).digest('hex') };
}

try {
	const known: string[] = [];
	while (known.length < Math.ceil(number / triesPerName)) known.push(await join());
	for (let i = 0; i < 40; i++) await refused(`Warming ${i}`);
	const differences: number[] = [];
	const pages = new Set<string>();
	let sum = 0;
	for (let i = 0; i < number; i++) {
		const name = known[i % known.length] ?? '';
		// As long as the known one, and tried as often.
		const nobody = `Zz${name.slice(2)}`;
		const order = i % 2 ? [name, nobody] : [nobody, name];
		const took = new Map<string, number>();
		for (const one of order) {
			const answer = await refused(one);
			took.set(one, answer.took);
			pages.add(answer.page);
		}
		sum += took.get(name) ?? 0;
		differences.push((took.get(name) ?? 0) - (took.get(nobody) ?? 0));
	}
	const mean = differences.reduce((a, b) => a + b, 0) / number;
	const deviation = Math.sqrt(differences.reduce((a, b) => a + (b - mean) ** 2, 0) / (number - 1));
	const t = mean / (deviation / Math.sqrt(number));
	console.log(
		`${number} pairs, ${(sum / number).toFixed(1)} ms each; known minus unknown ${mean.toFixed(3)} ms ± ${deviation.toFixed(2)}; t = ${t.toFixed(2)}`
	);
	console.log(`${pages.size} different page(s) apart from the name`);
	if (ceiling && (Math.abs(t) > Number(ceiling) || pages.size > 1)) process.exitCode = 1;
} finally {
	await site.stop();
}
