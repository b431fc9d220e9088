// "2 new answers, show": they come in where they belong, from the page as the server renders it, and nothing that is typed is touched.
import { openLine } from './live-line.ts';
import { ownPolicy } from './own-policy.ts';

const section = document.querySelector<HTMLElement>('[data-thread]');
const note = document.querySelector<HTMLElement>('[data-new-answers]');
const button = note?.querySelector('button');
const arrived = new Set<string>();
/** Stands for whatever was missed while this page was away. */
const unknown = '';

function tell() {
	if (!note || !button) return;
	note.hidden = arrived.size === 0;
	if (arrived.has(unknown)) button.textContent = 'There may be new answers, look';
	else button.textContent = arrived.size === 1 ? '1 new answer, show' : `${arrived.size} new answers, show`;
}

async function show() {
	const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } }).catch(() => undefined);
	if (!section || !answer?.ok) return button && (button.textContent = 'They did not come through. Try again');
	const fresh = new DOMParser().parseFromString(ownPolicy.createHTML(await answer.text()), 'text/html');
	let first: HTMLElement | undefined;
	let before: Element | null = null;
	for (const article of fresh.querySelectorAll<HTMLElement>('[data-thread] > article')) {
		const here = document.getElementById(article.id);
		if (here) before = here;
		else {
			const added = document.importNode(article, true);
			added.classList.add('arriving');
			if (before) before.after(added);
			else section.querySelector('h2')?.after(added);
			before = added;
			first ??= added;
		}
	}
	const heading = section.querySelector('h2');
	heading?.replaceChildren(fresh.querySelector('[data-thread] > h2')?.textContent ?? '');
	const last = [...arrived].findLast((post) => post !== unknown);
	// They stand on a later page of this thread: go there.
	if (!first && last) return location.assign(`${location.pathname}?post=${encodeURIComponent(last)}`);
	arrived.clear();
	tell();
	if (!first) return;
	// The button that had the focus is gone: it goes on where reading goes on.
	first.tabIndex = -1;
	first.focus({ preventScroll: true });
	first.scrollIntoView({ block: 'center' });
}

if (section && note) {
	button?.addEventListener('click', () => void show());
	openLine(
		({ type, data }) => {
			if (type === 'backlog.lost') arrived.add(unknown);
			if (type === 'reply.posted' && !document.getElementById(`p-${data.post}`)) arrived.add(String(data.post));
			tell();
		},
		{ after: section.dataset.after, watch: section.dataset.thread }
	);
}
