// The forms of the journey page: each parses its fields, calls one verb and comes back.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, typedFields, type Typed } from '#lib/forms.ts';
import type { Actor } from '#server/community/means.ts';

/** Says what was done; `typed.form` names the form, so that what was typed goes back into the right one. */
function form(name: string, verb: (community: App.Locals['community'], reader: Actor, typed: Typed) => Promise<string>) {
	return async (event: RequestEvent) => {
		const { locals } = event;
		const typed: Typed = { ...(await typedFields(event.request)), form: `/${name}` };
		const reader = locals.reader;
		if (!reader) redirect(303, '/sign-in?to=/journey');
		if (one(typed, 'preview')) return previewed(event, reader, name, typed);
		const done = await answering(event, typed, () => verb(locals.community, reader, typed));
		if (typeof done !== 'string') return done;
		await locals.forgetKept();
		redirect(303, `/journey?done=${encodeURIComponent(done)}`);
	};
}

const celebrating = (typed: Typed) => ({ words: one(typed, 'words'), when: one(typed, 'when'), key: one(typed, 'key') || undefined });

async function previewed(event: RequestEvent, reader: Actor, name: string, typed: Typed) {
	const milestone = name === 'victory' ? 'victory' : one(typed, 'milestone');
	const shown = await answering(event, typed, () =>
		event.locals.community.celebrations.preview(reader, { milestone, ...celebrating(typed) })
	);
	return 'status' in shown ? shown : { typed, problems: {}, preview: shown };
}

/** An empty number is the one that needs no choosing. */
const number = (typed: Typed, name: string) => (one(typed, name).trim() === '' ? 0 : Number(one(typed, name)));
const clock = (typed: Typed) => ({ zone: one(typed, 'zone'), dayEnds: number(typed, 'day_ends'), firstDay: number(typed, 'first_day') });

export const actions = {
	begin: form('begin', async (community, reader, typed) => {
		await community.journeys.begin(reader, {
			kind: one(typed, 'kind'),
			words: one(typed, 'words'),
			startedOn: one(typed, 'started_on'),
			...clock(typed)
		});
		return 'begun';
	}),
	change: form('change', async (community, reader, typed) => {
		const what = one(typed, 'what');
		await community.journeys.change(reader, {
			what,
			on: one(typed, 'on'),
			words: one(typed, 'words'),
			kind: one(typed, 'kind') || undefined
		});
		return what;
	}),
	clock: form('clock', async (community, reader, typed) => {
		await community.journeys.setClock(reader, clock(typed));
		return 'clock';
	}),
	celebrate: form('celebrate', async (community, reader, typed) => {
		return (await community.celebrations.celebrate(reader, { milestone: one(typed, 'milestone'), ...celebrating(typed) })).state;
	}),
	victory: form('victory', async (community, reader, typed) => (await community.celebrations.victory(reader, celebrating(typed))).state),
	undo: form('undo', async (community, reader, typed) => {
		await community.celebrations.undo(reader, one(typed, 'id'));
		return 'undone';
	}),
	cheer: form('cheer', async (community, reader, typed) => {
		await community.celebrations.cheer(reader, one(typed, 'celebration'), one(typed, 'on') !== '0');
		return 'cheered';
	})
};
