// Somebody who has used everything, through the real verbs: a row of hers in every table that can hold one.
import { decided, theCaseOf } from './community/desk.ts';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { day, type World } from './world.ts';

/** `wren` has done everything; `finch` answered and reported her; a stranger only joined. Sentinels name whose words they are. */
export async function aFullLife(world: World) {
	const [wren, finch, stranger, kite] = [await world.someone(), await world.someone(), await world.someone(), await world.someone()];
	const [moderator, second] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'moderator' })];
	await world.sessions.begin(wren, { secure: false });
	const { thread, post } = await world.threads.open(wren, 'harbour', { title: 'wren’s title', body: 'wren’s story', warnings: [] });
	await world.posts.edit(wren, { post, title: 'wren’s title', body: 'wren’s story, told again', warnings: [], version: 1 });
	await behindAMask(world, { wren, finch, moderator });
	const { post: answer } = await world.posts.reply(finch, { thread, body: 'finch’s answer', warnings: [] });
	await world.encouragements.encourage(wren, answer, 'with_you', true);
	await world.encouragements.encourage(finch, post, 'with_you', true);
	await world.reads.markRead(wren, thread);
	await world.bookmarks.bookmark(wren, answer, true);
	await world.follows.muteBoard(wren, 'nightlight', true);
	await world.drafts.keep(wren, { place: '/boards/harbour/new', title: '', body: 'wren’s draft', warnings: [] });
	const startedOn = new Date(world.now() - 100 * day).toISOString().slice(0, 10);
	await world.journeys.begin(wren, { kind: 'stop', words: 'wren’s journey', startedOn, zone: 'UTC', dayEnds: 0, firstDay: 0 });
	await world.celebrations.celebrate(wren, { milestone: '90d', words: 'wren’s line', when: 'now' });
	const { id: hers } = await world.celebrations.victory(finch, { words: 'finch’s line', when: 'now' });
	await world.celebrations.cheer(wren, hers);
	await world.preferences.chooseCountry(wren, 'IE');
	await world.reports.report(wren, { post: answer, reason: 'unkind', note: 'wren’s note on a report' });
	await world.reports.report(finch, { post, reason: 'other', note: 'finch’s note about wren' });
	const { id } = await theCaseOf(world, post);
	await world.cases.claim(moderator, id);
	await decided(world, moderator, post, {
		postAction: 'none',
		authorAction: 'hold_posts',
		reason: 'the reason given to wren',
		privateReason: 'among moderators',
		duration: '7d'
	});
	const { id: shared } = await world.celebrations.victory(kite, { words: 'kite’s line', when: 'now' });
	await world.people.mute(wren, { celebration: shared });
	await world.people.block(wren, { celebration: shared });
	await world.people.muteWords(wren, 'wren’s muted word');
	return { wren, finch, stranger, kite, moderator, second, thread, post, answer };
}

/** The same behind a mask: edited, reported, and decided on. Nothing of it names her. */
async function behindAMask(world: World, { wren, finch, moderator }: Record<'wren' | 'finch' | 'moderator', Actor>) {
	const masked = { title: 'wren’s masked title', warnings: [], anyway: true };
	const { post } = await world.threads.open(wren, 'harbour', { ...masked, body: 'wren’s masked story', mask: true });
	world.later(limits.maskDelay + 1);
	await world.masks.showDue();
	await world.posts.edit(wren, { ...masked, post, body: 'wren’s masked story, told again', version: 1 });
	await world.reports.report(finch, { post, reason: 'other', note: 'finch’s note about a mask' });
	const reason = 'the reason given to a mask';
	await decided(world, moderator, post, { postAction: 'none', authorAction: 'formal_notice', reason });
}
