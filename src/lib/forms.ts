// What every form does: read its fields, and come back filled in when a verb says no.
import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { Invalid, Refusal } from './refusals.ts';

export type Typed = Record<string, string | string[]>;

/** More than any form of ours has, with every box ticked. */
const mostEntries = 100;
/** PostgreSQL cannot hold it and nobody types it. */
const nul = /\0/g;

/** The form's fields as typed; several of one name become a list. Files and unreadable forms are answered with 400. */
export async function typedFields(request: Request): Promise<Typed> {
	const form = await request.formData().catch(() => error(400, 'This form did not arrive whole. Please go back and send it again.'));
	const typed = new Map<string, string | string[]>();
	let entries = 0;
	// One look at each entry: asking the form for each name anew took seconds for a form of fifty thousand names.
	for (const [name, value] of form) {
		if (++entries > mostEntries) error(400, 'This form holds more fields than any of ours. Please open the page again.');
		if (typeof value !== 'string') error(400, 'Files cannot be sent here.');
		const before = typed.get(name);
		const text = value.replace(nul, '');
		typed.set(name, before === undefined ? text : [before, text].flat());
	}
	return Object.fromEntries(typed);
}

export function one(typed: Typed, name: string): string {
	const value = Object.hasOwn(typed, name) ? typed[name] : undefined;
	return (Array.isArray(value) ? value[0] : value) ?? '';
}

export function several(typed: Typed, name: string): string[] {
	const value = Object.hasOwn(typed, name) ? typed[name] : undefined;
	return value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value];
}

/** A failed form's answer: the sentences by field (`form` for the whole) and everything that was typed but secrets. */
export function failed(status: number, problems: Record<string, string>, typed: Typed) {
	const { passphrase: _, current: __, code: ___, proof: ____, again: _____, ...kept } = typed;
	return fail(status, { problems, typed: kept });
}

/** Runs a verb for a form; a refusal becomes a failed form that keeps what was typed. */
export async function answering<T>(event: Pick<RequestEvent, 'setHeaders'>, typed: Typed, work: () => Promise<T>) {
	try {
		return await work();
	} catch (problem) {
		if (problem instanceof Invalid) return failed(422, problem.problems, typed);
		if (!(problem instanceof Refusal)) throw problem;
		if (problem.retryAfter) event.setHeaders({ 'retry-after': String(problem.retryAfter) });
		return failed(problem.status, { form: problem.message }, typed);
	}
}
