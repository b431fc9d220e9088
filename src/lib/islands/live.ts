// Celebrations as they happen. They wait while the list is touched, hovered or has the focus, and are told politely.
import { openLine, type Frame } from './live-line.ts';

const list = document.querySelector<HTMLOListElement>('[data-live]');
const template = document.querySelector<HTMLTemplateElement>('template[data-moment]');
const status = document.querySelector<HTMLElement>('[data-announce]');
const opened = document.querySelector<HTMLElement>('[data-opened]');
const mostShown = 40;

function part(of: ParentNode, name: string): HTMLElement | null {
	return of.querySelector<HTMLElement>(`[data-${name}]`);
}

function entryOf(id: string | number | undefined): HTMLElement | null {
	return list?.querySelector<HTMLElement>(`[data-celebration="${CSS.escape(String(id))}"]`) ?? null;
}

function shared({ data }: Frame) {
	const entry = template?.content.firstElementChild?.cloneNode(true);
	if (!list || !(entry instanceof HTMLElement) || entryOf(data.celebration)) return;
	entry.dataset.celebration = String(data.celebration);
	const says = data.milestone === 'victory' ? 'has a small victory' : `has lit ${named(String(data.milestone))}`;
	for (const [name, text] of [
		['name', data.name],
		['says', says],
		['words', data.words]
	] as const) {
		const place = part(entry, name);
		if (place) place.textContent = String(text ?? '');
	}
	const picture = entry.querySelector<HTMLImageElement>('[data-medallion]');
	if (picture) picture.src = `/medallions/${encodeURIComponent(String(data.milestone))}`;
	const field = entry.querySelector<HTMLInputElement>('input[name=celebration]');
	if (field) field.value = String(data.celebration);
	const avoid = entry.querySelector<HTMLAnchorElement>('a[data-avoid]');
	if (avoid) avoid.href += String(data.celebration);
	entry.classList.add('arriving');
	list.prepend(entry);
	list.children[mostShown]?.remove();
	if (status) status.textContent = `${data.name} ${says}.`;
}

/** "90d" → "90 days": the same words as on the server's list. */
function named(code: string): string {
	if (code === '24h') return '24 hours';
	const number = Number.parseInt(code, 10);
	const unit = { d: 'day', m: 'month', y: 'year' }[code.slice(-1)] ?? '';
	return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function cheered({ data }: Frame) {
	const count = entryOf(data.celebration);
	const place = count && part(count, 'cheers');
	if (place) place.textContent = String(data.cheers);
}

function threadOpened({ data }: Frame) {
	if (!opened || !data.title || opened.querySelector(`a[href="/threads/${CSS.escape(String(data.thread))}"]`)) return;
	const line = document.createElement('li');
	const link = document.createElement('a');
	link.href = `/threads/${data.thread}`;
	link.dir = 'auto';
	link.textContent = String(data.title);
	line.append(link);
	opened.prepend(line);
	opened.children[12]?.remove();
}

const handlers: Record<string, (frame: Frame) => unknown> = {
	'celebration.shared': shared,
	'celebration.cheered': cheered,
	'celebration.undone': ({ data }) => entryOf(data.celebration)?.remove(),
	'thread.opened': threadOpened,
	// More was missed than the feed keeps: the page's own list is the truth. Beside a page that somebody reads or writes on, it can wait.
	'backlog.lost': () => location.pathname === '/live' && location.reload()
};

if (list) {
	let waiting: Frame[] = [];
	const paused = () => list.matches(':hover, :focus-within') || list.dataset.touched === 'yes';
	const show = () => {
		if (paused()) return;
		for (const frame of waiting) handlers[frame.type]?.(frame);
		waiting = [];
	};
	/** No more than the list shows: what is older would come in and go out again. */
	function wait(frame: Frame) {
		const { celebration } = frame.data;
		if (frame.type === 'celebration.undone')
			waiting = waiting.filter(({ type, data }) => type !== 'celebration.shared' || data.celebration !== celebration);
		if (frame.type === 'celebration.undone' && !entryOf(celebration)) return;
		waiting.push(frame);
		const alike = waiting.filter(({ type }) => type === frame.type);
		if (alike.length > mostShown) waiting = waiting.filter((one) => one !== alike[0]);
	}
	// A touch has no end that a list can see: it pauses for a while.
	list.addEventListener('touchstart', () => (list.dataset.touched = 'yes'), { passive: true });
	for (const ended of ['touchend', 'touchcancel'])
		list.addEventListener(ended, () => setTimeout(() => ((list.dataset.touched = ''), show()), 4000));
	list.addEventListener('mouseleave', show);
	list.addEventListener('focusout', () => setTimeout(show));
	openLine(
		(frame) => {
			if (frame.type === 'celebration.cheered') return cheered(frame);
			wait(frame);
			show();
		},
		{ after: list.dataset.after }
	);
	// One press cheers in place; the count comes back over the line.
	list.addEventListener('submit', (event) => {
		const form = event.target;
		if (!(form instanceof HTMLFormElement) || !form.matches('[data-cheer]')) return;
		event.preventDefault();
		const button = form.querySelector('button');
		const on = button?.getAttribute('aria-pressed') !== 'true';
		const body = new URLSearchParams({
			celebration: form.querySelector<HTMLInputElement>('[name=celebration]')?.value ?? '',
			on: on ? '1' : '0'
		});
		const say = (words: string) => button && (button.textContent = words);
		async function send(form: HTMLFormElement) {
			const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } });
			const { type = '', location: to = '' } = await answer.json();
			// Signed out meanwhile, or refused: the page says it.
			if (type !== 'redirect') return form.submit();
			if (to.startsWith('/sign-in')) return location.assign(to);
			button?.setAttribute('aria-pressed', String(on));
			say(on ? 'Cheered' : 'Cheer');
			form.querySelector('[name=on]')?.remove();
		}
		send(form).catch(() => say('Not sent. Try again'));
	});
}
