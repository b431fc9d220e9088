// Leave at once: the page is blanked before the next one is asked for. Also Shift three times alone within five seconds.
import { justLeft } from '../leaving.ts';

function leave() {
	// A half-written answer must not ask whether to stay (compose.ts does).
	for (const form of document.forms) form.reset();
	document.title = 'A page';
	document.body.replaceChildren();
	// The visit's other pages must not be one step back: go to where it began, where for some seconds the server only has the empty
	// sheet (left.ts cuts off the rest). Browsers without this keep their history, and the page before this one is asked for anew.
	const [first] = window.navigation?.entries() ?? [];
	if (first && window.navigation.currentEntry && window.navigation.currentEntry.index > first.index) {
		const secure = location.protocol === 'https:';
		document.cookie = `${justLeft(secure)}=1; path=/; max-age=10; samesite=strict${secure ? '; secure' : ''}`;
		const gone = () => location.replace('/leave');
		window.navigation.traverseTo(first.key).finished?.catch(gone);
	} else location.replace('/leave');
}

document.addEventListener('click', (event) => {
	const link = event.target instanceof Element && event.target.closest('a[href="/leave"]');
	if (!link) return;
	event.preventDefault();
	leave();
});

let alone = false;
let presses: number[] = [];
const interrupted = () => {
	alone = false;
	presses = [];
};

// Capitals and selections hold Shift with something else; those never count.
document.addEventListener('keydown', ({ key, repeat }) => {
	if (key !== 'Shift') interrupted();
	else if (!repeat) alone = true;
});
document.addEventListener('pointerdown', interrupted);
document.addEventListener('keyup', ({ key, timeStamp }) => {
	if (key !== 'Shift' || !alone) return;
	alone = false;
	presses = [...presses, timeStamp].filter((at) => timeStamp - at <= 5000);
	if (presses.length >= 3) leave();
});
