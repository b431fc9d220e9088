// The moderation desk by keyboard: j and k move in the queue, c takes a case, Esc goes back. All of it works without this script.
// Single keys can be switched off (WCAG 2.1.4); the choice stays in this tab and goes with it.
const storedAs = 'desk-keys';
const toggle = document.querySelector<HTMLButtonElement>('[data-keys]');
const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-case] h3 a')];
let on = sessionStorage.getItem(storedAs) !== 'off';

function show() {
	if (!toggle) return;
	toggle.hidden = false;
	toggle.setAttribute('aria-pressed', String(on));
}

toggle?.addEventListener('click', () => {
	on = !on;
	sessionStorage.setItem(storedAs, on ? 'on' : 'off');
	show();
});
show();

function move(by: number) {
	const at = links.findIndex((link) => link === document.activeElement);
	const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
	links[to]?.focus();
}

// A list without a default chooses its first entry, and no attribute says so.
const chosenAtFirst = new Map([...document.querySelectorAll('option')].map((option) => [option, option.selected]));

function written(): boolean {
	const typed = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input:not([type=hidden])')].some(
		(field) => field.value !== field.defaultValue || (field instanceof HTMLInputElement && field.checked !== field.defaultChecked)
	);
	return typed || [...document.querySelectorAll('option')].some((option) => option.selected !== chosenAtFirst.get(option));
}

document.addEventListener('keydown', (event) => {
	if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
	const field = event.target instanceof HTMLElement && event.target.closest<HTMLElement>('input, textarea, select');
	if (field) {
		if (event.key === 'Escape') field.blur();
		return;
	}
	if (event.key === 'j') move(1);
	if (event.key === 'k') move(-1);
	if (event.key === 'c') document.querySelector<HTMLButtonElement>('[data-claim]')?.click();
	// Nothing that was typed is left behind.
	if (event.key === 'Escape' && !written()) document.querySelector<HTMLAnchorElement>('[data-back]')?.click();
});

function reload() {
	if (written()) setTimeout(reload, 2000);
	else location.reload();
}

// A decision waits twelve seconds, and is applied within the second after.
if (document.querySelector('[data-waiting]')) setTimeout(reload, 13_500);
