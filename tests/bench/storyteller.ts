// Somebody who joins a running site and shares short stories: each is one event of the live feed.
export async function teller(url: string) {
	const headers = { origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
	let cookie = '';
	const send = async (path: string, fields: Record<string, string>) =>
		fetch(url + path, { method: 'POST', redirect: 'manual', headers: { ...headers, cookie }, body: new URLSearchParams(fields) });
	let left = 0;

	async function join() {
		const page = await (await fetch(`${url}/join`)).text();
		const name = /name="name" value="([^"]+)"/.exec(page)?.[1] ?? /value="([^"]+)"[^>]*name="name"/.exec(page)?.[1] ?? '';
		const offer = /name="offer" value="([^"]+)"/.exec(page)?.[1] ?? /value="([^"]+)"[^>]*name="offer"/.exec(page)?.[1] ?? '';
		const joined = await send('/join', { name, offer, passphrase: 'a lamp in the far window', adult: 'yes', agree: 'yes' });
		cookie =
			joined.headers
				.getSetCookie()
				.find((one) => one.startsWith('lamplight='))
				?.split(';')[0] ?? '';
		left = 3;
	}

	/** Shares one story; somebody else joins when the first day's three are told. */
	return async (number: number) => {
		if (left-- <= 0) {
			cookie = '';
			await join();
			left--;
		}
		const answer = await send('/boards/harbour/new', { title: `Story ${number}`, body: `How it was, the ${number}th time.` });
		if (answer.status !== 303) throw new Error(`The story was answered with ${answer.status}.`);
	};
}
