// A small sum that keeps machines from the door. It is done aside, in a worker, from the first touch of the form; whoever presses before it
// is done waits a moment. Without this script the form goes out without it, and says what happens then.
import { ownPolicy } from './own-policy.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-proof]')) {
	const field = form.querySelector<HTMLInputElement>('input[name=proof]');
	if (field) prove(form, field);
}

function prove(form: HTMLFormElement, field: HTMLInputElement) {
	const status = form.querySelector('[data-proof-status]');
	let worker: Worker | undefined;
	let done = false;
	let pressed: HTMLElement | null | undefined;

	function finish(proof: string) {
		done = true;
		field.value = proof;
		worker?.terminate();
		if (status) status.textContent = '';
		if (pressed !== undefined) form.requestSubmit(pressed);
	}

	function begin() {
		if (worker || done) return;
		// An old browser cannot do it: the form goes as it goes without scripts.
		try {
			worker = new Worker(ownPolicy.createScriptURL(field.dataset.worker ?? ''), { type: 'module' });
		} catch {
			return finish('');
		}
		worker.onmessage = ({ data }) => finish(String(data));
		worker.onerror = () => finish('');
		worker.postMessage(form.dataset.proof);
	}

	for (const touched of ['focusin', 'pointerdown', 'input']) form.addEventListener(touched, begin, { once: true });
	form.addEventListener('submit', (event) => {
		if (done) return;
		event.preventDefault();
		pressed = event.submitter;
		if (status) status.textContent = 'One moment: your browser is doing a small sum that keeps machines out.';
		begin();
	});
}
