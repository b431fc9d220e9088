// The composer comes to the post that is answered, instead of the page going away with what is already typed.
// Without this script "Answer" is a link to the same page with the composer under that post.
const composer = document.querySelector<HTMLFormElement>('form[data-composer]');

if (composer) {
	const home = document.createElement('div');
	composer.before(home);
	const words = composer.querySelector<HTMLTextAreaElement>('textarea[name=body]');
	const parent = composer.querySelector<HTMLInputElement>('input[name=parent]');
	const label = composer.querySelector<HTMLElement>('[data-label]');
	const atHome = { parent: parent?.value ?? '', label: label?.textContent ?? '' };
	let sending = false;

	const move = (to: Element, parentId: string, text: string) => {
		to.after(composer);
		if (parent) parent.value = parentId;
		if (label) label.textContent = text;
		words?.focus({ preventScroll: true });
		composer.scrollIntoView({ block: 'nearest' });
	};

	document.addEventListener('click', (event) => {
		const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-answer]') : null;
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
		const place = link.closest('[data-actions]');
		if (!place || !parent) return;
		event.preventDefault();
		move(place, link.dataset.answer ?? '', `Answer ${link.dataset.name ?? ''}`);
	});

	composer.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) composer.requestSubmit(composer.querySelector<HTMLButtonElement>('button[data-post]'));
		if (event.key === 'Escape' && composer.previousElementSibling !== home) move(home, atHome.parent, atHome.label);
	});

	composer.addEventListener('submit', (event) => {
		// The server takes a second press for the same post; here it is only not sent.
		if (sending) event.preventDefault();
		sending = true;
	});
	addEventListener('pageshow', () => (sending = false));
	addEventListener('beforeunload', (event) => {
		if (!sending && words && words.value.trim() !== '' && words.value !== words.defaultValue) event.preventDefault();
	});
}
