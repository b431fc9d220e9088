// What a member is told, in words that blame nobody. The author never learns who reported, the reporter never what the author was told.
import { exactTime } from '#lib/ages.ts';
import { rules } from '#lib/agreement.ts';
import { isReason, reasons } from '#lib/moderation.ts';
import { isWarning, warningWords } from '#lib/warnings.ts';
import type { NoticeKind } from './notice-rows.ts';

type Detail = Partial<Record<string, string>>;
export type NoticeWords = { title: string; text: string };

/** The rule and the moderator's reason, as sentences of their own. */
function because({ rule, reason }: Detail): string {
	const named = rules.find(({ anchor }) => anchor === rule);
	return [named && `It is about this rule: ${named.title}.`, reason && `The moderator wrote: “${reason}”`].filter(Boolean).join(' ');
}

const postDone: Partial<Record<string, NoticeWords>> = {
	none: {
		title: 'Your post is open as it was',
		text: 'A moderator looked at your post after readers did. Nothing in it goes against the agreement, so it shows as you wrote it.'
	},
	add_warning: {
		title: 'Your post has a content warning now',
		text: 'A moderator added a content warning, so that each reader can choose the moment. Your words are as you wrote them.'
	},
	redact: {
		title: 'Words were taken out of your post',
		text: 'A moderator took the words of your post out. Its place and the answers stay, and your words are kept for you here.'
	},
	lock: {
		title: 'Your post is closed to new answers',
		text: 'A moderator closed this part of the conversation. Everything in it can still be read.'
	},
	fold: {
		title: 'Your post is folded',
		text: 'A moderator folded your post: it waits behind a short notice, and one press opens it. You can edit it once, ten minutes from now, and a moderator looks again.'
	},
	remove: {
		title: 'Your post was removed',
		text: 'A moderator removed your post. That can be hard to read; it is about the words, not about your worth. They are kept for you here, and you may write them anew in another way.'
	},
	restore: { title: 'Your post is back', text: 'A moderator put your post back: it is open, and answers are welcome.' }
};

const sanctions: Partial<Record<string, (until: string, board: string) => NoticeWords>> = {
	hold_posts: (until) => ({
		title: 'New posts wait for a moderator',
		text: `Until ${until} a moderator reads what you post before others do. You can read and write as always.`
	}),
	hold_masks: (until) => ({
		title: 'Posts without your name wait for a moderator',
		text: `Until ${until} a moderator reads what you post without your name before others do. No moderator knows that it is you. What you post with your name is open as always.`
	}),
	silence: (until) => ({
		title: 'A pause from writing',
		text: `Until ${until} you can read, encourage and report here, but not write. Nothing of yours is lost.`
	}),
	board_ban: (until, board) => ({
		title: 'A pause from one board',
		text: `Until ${until} you can read “${board}” but not write there. Everywhere else is open to you.`
	}),
	suspend: (until) => ({
		title: 'Your account is suspended',
		text: `Until ${until} you can sign in and read, and nothing else. Help now is always open to you.`
	}),
	lifted: () => ({
		title: 'What was asked of you no longer holds',
		text: 'A moderator looked again and took it back. You can go on as before.'
	})
};

function settled({ outcome, reason }: Detail): string {
	if (outcome === 'withdrawn')
		return 'You reported a post. Its author has taken it back, so there is nothing left to decide. Thank you for looking after this room.';
	if (outcome === 'upheld')
		return 'You reported a post. A moderator looked at it, and action was taken. Thank you for looking after this room.';
	if (reason === 'worry_life')
		return 'You were worried about somebody. A moderator has read what you saw. Thank you for watching over them.';
	return 'You reported a post. A moderator looked at it and found that no rule was broken. Thank you all the same: it is good that you asked.';
}

const said: Record<NoticeKind, (detail: Detail) => NoticeWords> = {
	post_folded: ({ reason = '' }) => ({
		title: 'Your post is folded for now',
		text: `Several readers, or one of staff, asked for a look at it${isReason(reason) ? ` (“${reasons[reason].words}”)` : ''}. It waits behind a short notice, one press opens it, and a moderator will decide. You can edit it once, ten minutes from now.`
	}),
	warning_added: ({ warnings = '' }) => ({
		title: 'Your post has a content warning for now',
		text: `Readers suggested a warning: ${warnings
			.split(' ')
			.filter(isWarning)
			.map((warning) => warningWords[warning])
			.join(', ')}. Nobody blames you; it lets each reader choose the moment. A moderator will look.`
	}),
	post_decided: (detail) => {
		const { title, text } = postDone[detail.action ?? ''] ?? { title: 'A moderator looked at your post', text: '' };
		return { title, text: [text, because(detail)].filter(Boolean).join(' ') };
	},
	formal_notice: (detail) => ({
		title: 'A formal notice',
		text: `A moderator asks you to keep something in mind. Nothing else changes for you. ${because(detail)}`
	}),
	sanction: (detail) => {
		const { title, text } = sanctions[detail.sanction ?? '']?.(exactTime(Number(detail.until ?? 0)), detail.board ?? '') ?? {
			title: 'About your account',
			text: ''
		};
		const masked =
			detail.masked &&
			'It follows from a post without your name. Who you are was shown to the two moderators who looked it up, and to nobody else.';
		return { title, text: [text, masked, because(detail)].filter(Boolean).join(' ') };
	},
	report_received: () => ({
		title: 'We have your report',
		text: 'You reported a post. A moderator will look at it. The author is not told who asked.'
	}),
	report_settled: (detail) => ({ title: 'About your report', text: settled(detail) }),
	post_held: () => ({
		title: 'Your post waits for a moderator',
		text: 'A moderator reads it before others can. You do not need to send it again. If it cannot wait, Help now is open.'
	}),
	unmasked: ({ reason }) => ({
		title: 'Two moderators looked up who wrote this',
		text: `They were worried about a danger to somebody, and looked up who is behind a post that you wrote without your name. Nobody else was told, and what they saw is closed again after a day.${reason ? ` They wrote: “${reason}”` : ''} You can ask any moderator about it.`
	}),
	held_settled: () => ({ title: 'Your post is open', text: 'A moderator has read the post that waited, and everybody can read it now.' }),
	answered: ({ name, title, gone }) => ({
		title: 'New reply',
		text: gone
			? 'Somebody answered you. The answer is no longer here.'
			: `${name ?? 'Somebody'} answered you${title ? ` in “${title}”` : ''}.`
	}),
	followed: ({ title, story }) =>
		story
			? { title: 'New story', text: `There is a new story${title ? `, “${title}”,` : ''} on a board you follow.` }
			: { title: 'New reply', text: title ? `“${title}” has new answers.` : 'A conversation you follow has new answers.' },
	cheered: () => ({ title: 'New cheer', text: 'Somebody is glad with you.' })
};

export function noticeWords(kind: string, detail: Detail): NoticeWords {
	const words = Object.entries(said).find(([known]) => known === kind)?.[1];
	return words ? words(detail) : { title: 'About your account', text: '' };
}
