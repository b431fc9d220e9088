// How long the proof of work takes in a browser that is as slow as an old phone. Needs the built site, Chromium and Linux.
// `node tests/bench/proof.ts [times=20] [slower=6]`; prints what a visitor waits between touching the form and the sum being done.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startSite } from '../built-site.ts';

const [times, slower] = [Number(process.argv[2] ?? 20), Number(process.argv[3] ?? 6)];
const site = await startSite({ PROOF_OF_WORK: 'on', TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent' });
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const server = await chromium.launchServer({ executablePath, args });

/** Our browser's processes that draw pages: a page's worker and the threads that do its cryptography live there too. */
function renderers(): number[] {
	const known = new Set([server.process().pid ?? 0]);
	const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	const told = all.flatMap((name) => {
		try {
			const [, after = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ');
			return [{ pid: Number(name), parent: Number(after.split(' ')[1]), asked: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
		} catch {
			return [];
		}
	});
	for (let size = 0; size !== known.size;) {
		size = known.size;
		for (const { pid, parent } of told) if (known.has(parent)) known.add(pid);
	}
	return told.filter(({ pid, asked }) => known.has(pid) && asked.includes('--type=renderer')).map(({ pid }) => pid);
}

/**
 * Chromium's own throttling slows the main thread only, and the sum is done aside. So the whole process is stopped for most of the time:
 * of sixty milliseconds it has ten.
 */
function slowedDown(by: number): () => Promise<void> {
	let over = false;
	const slice = 10;
	const stopping = (async () => {
		while (!over) {
			const found = renderers();
			for (let rounds = 0; rounds < 40 && !over; rounds++) {
				const began = performance.now();
				for (const pid of found) signal(pid, 'SIGCONT');
				await pause(slice);
				for (const pid of found) signal(pid, 'SIGSTOP');
				// A timer that came late has given too much: the pause is as many times longer.
				await pause((performance.now() - began) * (by - 1));
			}
		}
	})();
	return async () => {
		over = true;
		await stopping;
		for (const pid of renderers()) signal(pid, 'SIGCONT');
	};
}

function signal(pid: number, name: NodeJS.Signals) {
	try {
		process.kill(pid, name);
	} catch {
		// It has ended.
	}
}

/** Milliseconds from the first touch of the form until the proof stands in it. */
async function once(page: Page, i: number): Promise<number> {
	await page.setExtraHTTPHeaders({ 'x-forwarded-for': `10.0.${i >> 8}.${i & 255}` });
	await page.goto(`${site.url}/join`);
	return page.evaluate(async () => {
		const field = document.querySelector<HTMLInputElement>('input[name=proof]');
		const began = performance.now();
		document.querySelector('#passphrase')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
		while (field && field.value === '') await new Promise((wait) => setTimeout(wait, 2));
		return performance.now() - began;
	});
}

/** Milliseconds of a million rounds at one go: by it the factor that was really reached is known. */
const yardstick = (page: Page) =>
	page.evaluate(async () => {
		const key = await crypto.subtle.importKey('raw', new Uint8Array(20), 'PBKDF2', false, ['deriveBits']);
		const began = performance.now();
		await crypto.subtle.deriveBits({ name: 'PBKDF2', salt: new Uint8Array(16), iterations: 1_000_000, hash: 'SHA-256' }, key, 256);
		return performance.now() - began;
	});
let unslowed = 0;

async function measure(browser: Browser, what: string, { rate = 1, stopped = 1 }) {
	const page = await browser.newPage();
	const session = await page.context().newCDPSession(page);
	await once(page, 0);
	if (rate > 1) await session.send('Emulation.setCPUThrottlingRate', { rate });
	const release = stopped > 1 ? slowedDown(stopped) : async () => undefined;
	const took: number[] = [];
	const rounds = await yardstick(page);
	unslowed ||= rounds;
	for (let i = 1; i <= times; i++) took.push(await once(page, i));
	await release();
	await page.close();
	took.sort((a, b) => a - b);
	const at = (share: number) => Math.round(took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0);
	console.log(
		`${what}: median ${at(0.5)} ms, nine in ten within ${at(0.9)} ms, worst of ${times} ${at(1)} ms; PBKDF2 itself ${(rounds / unslowed).toFixed(1)} times slower, ${Math.round(1e6 / rounds)} rounds a millisecond`
	);
}

const browser = await chromium.connect(server.wsEndpoint());
try {
	await measure(browser, 'as fast as this machine', {});
	await measure(browser, `the page’s main thread ${slower} times slower (Chromium's own throttling)`, { rate: slower });
	await measure(browser, `everything ${slower} times slower`, { rate: 1, stopped: slower });
} finally {
	await browser.close();
	await server.close();
	await site.stop();
}
