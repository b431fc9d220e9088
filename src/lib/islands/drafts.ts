// Keeps what is being written on the server within a second, and says so quietly. Without this script "Keep draft" does it by hand.
const wait = 1000;
const longestWait = 60_000;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) keepDraftsOf(form);

function keepDraftsOf(form: HTMLFormElement) {
	const field = (name: string) => form.querySelector<HTMLInputElement>(`input[name=${name}]`);
	const words = form.querySelector<HTMLTextAreaElement>('textarea[name=body]');
	const status = form.querySelector('[data-draft-status]');
	let timer: ReturnType<typeof setTimeout> | undefined;
	let busy = false;
	let dirty = false;
	let tries = 0;
	/** Let go by hand: nothing is kept behind that. */
	let over = false;

	/** The composer moves from post to post: where it stands now is in its hidden field. */
	function place() {
		const [page = '', edit = ''] = (field('place')?.value ?? '').split('#');
		const post = field('parent')?.value ?? edit;
		return post ? `${page}#${post}` : page;
	}
	let keptAt = place();

	function say(text: string) {
		if (status && status.textContent !== text) status.textContent = text;
	}

	async function send(verb: string, fields: FormData, keepalive: boolean): Promise<string> {
		fields.set('quietly', 'yes');
		const answer = await fetch(`/drafts?/${verb}`, { method: 'POST', body: fields, headers: { accept: 'application/json' }, keepalive });
		const { type = '' } = await answer.json();
		if (type === 'success' || type === 'redirect') return type;
		// Too many at once and a restarting server pass; a form that cannot be kept does not.
		return answer.status < 500 && answer.status !== 429 ? 'refused' : 'later';
	}

	async function keep(keepalive = false) {
		clearTimeout(timer);
		timer = undefined;
		[busy, dirty] = [true, false];
		const fields = new FormData(form);
		const [at, typed] = [place(), words?.value ?? ''];
		fields.set('place', at);
		const type = await send('keep', fields, keepalive).catch(() => 'later');
		busy = false;
		if (type === 'success') {
			tries = 0;
			// Leaving the page now loses nothing, so the browser need not ask.
			if (words && words.value === typed) words.defaultValue = typed;
			say(typed.trim() || fields.get('title') ? 'Draft kept' : '');
			if (at !== keptAt) {
				const left = new FormData();
				left.set('place', keptAt);
				keptAt = at;
				send('let-go', left, false).catch(() => undefined);
			}
		} else if (type === 'refused') say('This cannot be kept as a draft. Please save a copy of your words.');
		else {
			[dirty, tries] = [true, tries + 1];
			say(type === 'redirect' ? 'You are signed out. Sign in in another tab, and your draft is kept.' : 'Not kept yet. Trying again…');
		}
		if (dirty) later();
	}

	function later() {
		if (!over && !busy) timer ??= setTimeout(() => void keep(), Math.min(wait * 2 ** tries, longestWait));
	}

	function touched() {
		dirty = true;
		later();
	}

	function now() {
		if (dirty && !over) void keep(true);
	}

	form.addEventListener('input', touched);
	form.querySelector('button[formaction$="/keep"]')?.addEventListener('click', (event) => {
		event.preventDefault();
		void keep();
	});
	document.addEventListener('submit', ({ target }) => {
		if (target instanceof HTMLFormElement && target.action.endsWith('/let-go')) over = true;
	});
	addEventListener('pagehide', now);
	addEventListener('pageshow', () => (over = false));
	document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && now());
	// It came back with a problem, a preview or after a sign-in: newer than its draft.
	if (form.dataset.draft === 'newer') touched();
}
