// The composer comes to the post that is answered, and reports open in place, so that nothing typed is left behind.
// Without this script "Answer" and "Report" are links to the same page with the form under that post.
const form = document.querySelector<HTMLFormElement>('form#compose[data-compose]');
const dialog = document.querySelector<HTMLDialogElement>('dialog[data-report-dialog]');

/** The link of this kind that was plainly pressed: with a modifier it opens another tab, as links do. */
function pressed(event: MouseEvent, kind: string): HTMLAnchorElement | null {
	if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return null;
	return event.target.closest<HTMLAnchorElement>(`a[data-${kind}]`);
}

/** The post that a link of this kind is about. */
const named = (link: HTMLAnchorElement, kind: string) => new URL(link.href).searchParams.get(kind) ?? '';

if (dialog) {
	document.addEventListener('click', (event) => {
		const link = pressed(event, 'report');
		if (!link) return;
		event.preventDefault();
		for (const field of dialog.querySelectorAll<HTMLInputElement>('input[name=post]')) field.value = named(link, 'report');
		dialog.showModal();
		// Leave stands first in it, and whoever presses Enter twice does not mean that.
		const title = dialog.querySelector('h3');
		title?.setAttribute('tabindex', '-1');
		title?.focus();
	});
}

// What opens in a line of words: the focus goes along, and Escape shuts "More" and gives it back.
document.addEventListener(
	'toggle',
	({ target }) => {
		if (!(target instanceof HTMLDetailsElement) || !target.open) return;
		if (target.closest('.kind')) target.querySelector('button')?.focus();
		else if (target.matches('.menu')) offerToCopy(target);
	},
	true
);
document.addEventListener('keydown', ({ key, target }) => {
	const menu = key === 'Escape' && target instanceof Element && target.closest<HTMLDetailsElement>('.menu[open]');
	if (!menu) return;
	menu.open = false;
	menu.querySelector('summary')?.focus();
});

/** Only where a script can do it; the post's age is the same link for everybody. */
function offerToCopy(menu: HTMLDetailsElement) {
	const link = menu.closest('article')?.querySelector<HTMLAnchorElement>('.by a');
	if (!link || !navigator.clipboard || menu.querySelector('[data-copy]')) return;
	const button = document.createElement('button');
	button.className = 'more';
	button.dataset.copy = '';
	button.textContent = 'Copy link';
	button.addEventListener('click', () =>
		navigator.clipboard.writeText(link.href).then(
			() => (button.textContent = 'Link copied'),
			() => location.assign(link.href)
		)
	);
	menu.append(button);
}

/** Whoever stopped a sending that would not end may press again: the form's key keeps it one post. */
const stoppedAfter = 10_000;

/** Guards of every form that holds words: no second press, no leaving with words that are nowhere else. */
for (const one of document.querySelectorAll<HTMLFormElement>('form[data-compose]')) {
	const words = one.querySelector<HTMLTextAreaElement>('textarea[name=body]');
	let sending = false;
	one.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) one.requestSubmit(one.querySelector<HTMLButtonElement>('button.lamp'));
	});
	one.addEventListener('submit', (event) => {
		// A second press would be taken for the same post; here it is not even sent.
		if (sending) event.preventDefault();
		else setTimeout(() => (sending = false), stoppedAfter);
		sending = true;
	});
	addEventListener('pageshow', () => (sending = false));
	addEventListener('beforeunload', (event) => {
		if (!sending && words && words.value.trim() !== '' && words.value !== words.defaultValue) event.preventDefault();
	});
}

if (form) {
	const home = document.createElement('div');
	home.hidden = true;
	form.before(home);
	const words = form.querySelector<HTMLTextAreaElement>('textarea[name=body]');
	const parent = form.querySelector<HTMLInputElement>('input[name=parent]');
	const label = form.querySelector<HTMLLabelElement>('label[for$="-body"]');
	const atHome = { parent: parent?.value ?? '', label: label?.textContent ?? '' };

	const move = (after: Element, to: string, text: string) => {
		after.after(form);
		if (parent) parent.value = to;
		if (label) label.textContent = text;
	};
	let opener: HTMLAnchorElement | undefined;

	document.addEventListener('click', (event) => {
		const link = pressed(event, 'answer');
		const place = link?.closest('[data-actions]');
		if (!link || !place || !parent) return;
		event.preventDefault();
		move(place, named(link, 'answer'), `Answer ${link.closest('article')?.querySelector('.by b')?.textContent ?? ''}`);
		words?.focus();
		opener = link;
	});
	form.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape' || form.previousElementSibling === home) return;
		move(home, atHome.parent, atHome.label);
		opener?.focus();
	});
}
