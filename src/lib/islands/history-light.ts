// History-light reading, for whoever asked for it: a link takes the place of the page it stands on, so that a visit is one step in the
// browser's history. What is sent by a form is a step of its own: browsers offer no other way.
document.addEventListener('click', (event) => {
	if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
	const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
	if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
	event.preventDefault();
	location.replace(link.href);
});
document.addEventListener('submit', (event) => {
	const form = event.target;
	if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'get') return;
	event.preventDefault();
	const address = new URL(form.action);
	const pairs = [...new FormData(form, event.submitter)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
	address.search = String(new URLSearchParams(pairs));
	location.replace(address.href);
});
