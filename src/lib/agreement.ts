// The community agreement. Anchors are stable: decisions, notices and the public log name a rule by its anchor.

type Rule = { readonly anchor: string; readonly title: string; readonly text: string };

/** Raised by one when a rule changes in meaning, so that members can be asked again. */
export const agreementVersion = 1;

export const agreementIntro = [
	'Lamplight is a room with a lamp on. People come here tired, scared, proud or new. These rules keep the room safe for all of them.',
	'They are short on purpose. If you slip on one, we tell you which and why, and you can put it right.'
] as const;

export const rules = [
	{
		anchor: 'no-names',
		title: 'No real names, yours or anyone’s',
		text: 'Leave out names, faces, phone numbers, addresses, workplaces and accounts elsewhere. Do not work out or share who somebody is. Do not pretend to be another person or a moderator.'
	},
	{
		anchor: 'no-methods',
		title: 'No methods, no amounts',
		text: 'Do not say how to use, how much, or how to hurt yourself. Do not tell anyone what to take or how to cut down. Say how it felt instead. A doctor, nurse or pharmacist can help with the numbers.'
	},
	{
		anchor: 'no-trade',
		title: 'No buying, selling or finding',
		text: 'Nothing is bought, sold, swapped or sourced here: no drugs, no tablets, no alcohol, no bets. Nobody may collect people for a clinic, a house or a programme for pay.'
	},
	{
		anchor: 'no-harassment',
		title: 'No harassment, no hate',
		text: 'Do not insult, mock, follow or wear somebody down. Nobody is attacked for who they are, whom they love, what they believe, where they come from or what they use. If someone asks you to stop, stop.'
	},
	{
		anchor: 'no-threats',
		title: 'No threats',
		text: 'Do not threaten anyone, here or outside, and do not urge anyone to harm themselves or others. Anger is welcome. Aiming it at a person is not.'
	},
	{
		anchor: 'no-predatory-contact',
		title: 'No preying on anyone',
		text: 'Nothing sexual about anyone under 18, ever. Do not push for private contact, for money, for a date or for pictures. New members are not to be pursued.'
	},
	{
		anchor: 'content-warnings',
		title: 'Warn before heavy words',
		text: 'If your post is about drug use in detail, self-harm, suicide, violence, eating, grief or other heavy things, tick the warning. It hides nothing for good. It lets each reader choose the moment.'
	},
	{
		anchor: 'no-spam',
		title: 'No adverts, and stay near the board’s topic',
		text: 'No adverts, surveys, chain posts or repeated posts. Each board says in two lines what belongs there. If you are not sure where to write, write in First days.'
	},
	{
		anchor: 'be-kind',
		title: 'Be kind, and put the person first',
		text: 'Answer as you would want to be answered on your worst night. Say “a person who drinks”, not a label. The words you choose for yourself are yours. Nobody is shamed for a lapse.'
	},
	{
		anchor: 'own-experience',
		title: 'Speak from your own path',
		text: 'Say “this helped me”, not “you must”. Share what you lived, and leave medical advice to those who can examine a person. Twelve steps, SMART, faith, no faith, medication, using less: many paths, side by side, and none is ranked.'
	},
	{
		anchor: 'adults-only',
		title: 'For adults',
		text: 'You must be 18 or older to write here. If you are younger, please look at Help now: there are people for you too.'
	},
	{
		anchor: 'not-an-emergency-service',
		title: 'Not an emergency service',
		text: 'We are people with the same kind of trouble, not doctors or rescue. We cannot send help, and we cannot see where you are. If a life may be in danger, call your emergency number first and write to us after.'
	}
] as const satisfies readonly Rule[];

export type RuleAnchor = (typeof rules)[number]['anchor'];
