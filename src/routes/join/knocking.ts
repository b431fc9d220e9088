// The fields of the form as the door takes them.
import { one, type Typed } from '#lib/forms.ts';

export const knockingIn = (typed: Typed) => ({
	offer: one(typed, 'offer'),
	name: one(typed, 'name'),
	passphrase: one(typed, 'passphrase'),
	adult: one(typed, 'adult') === 'yes',
	agree: one(typed, 'agree') === 'yes',
	invitation: one(typed, 'invitation'),
	proof: one(typed, 'proof'),
	words: one(typed, 'words'),
	trap: one(typed, 'second_lamp')
});
