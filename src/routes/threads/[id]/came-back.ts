// Which of the thread's forms came back, from a problem, a preview or a sign-in, and with what.
import type { Typed } from '#lib/forms.ts';

type Form = { typed?: Typed; problems?: Record<string, string>; preview?: string } | null;
type Back = { reply?: Typed; edit?: Typed; report?: Typed; problems: Record<string, string>; preview: string | null };

export function cameBack(form: Form, kept: Typed | undefined): Back {
	const typed = form?.typed ?? kept;
	const told = { problems: form?.problems ?? {}, preview: form?.preview ?? null };
	if (!typed) return told;
	if ('reason' in typed) return { ...told, report: typed };
	if ('version' in typed) return { ...told, edit: typed };
	return 'body' in typed ? { ...told, reply: typed } : told;
}

const doneWords: Record<string, string> = {
	held: 'A moderator looks at this before others see it. Your settings page will say when others can read it.',
	waits: 'Others see it within three minutes, without your name.',
	reported: 'Thank you. A moderator will look, and your settings page will say what became of it. Nobody is told who reported.',
	'taken-back': 'Your report is taken back.',
	edited: 'Your changes are saved.',
	withdrawn: 'It is taken back. Nobody can read it any more; you can put it back where it was.',
	returned: 'It is back in its place.',
	erased: 'It is erased for good.'
};

/** What is said after a form went through; an address may ask for anything. */
export function saidDone(asked: string | null): string | undefined {
	return asked !== null && Object.hasOwn(doneWords, asked) ? doneWords[asked] : undefined;
}
