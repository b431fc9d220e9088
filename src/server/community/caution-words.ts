// E-mail addresses, full names and street addresses as people write them in five languages. Each pattern is anchored to
// a word or sign that begins it and repeats a bounded number of times, so that no text makes it slow.
import { isGenerated } from './pseudonyms.ts';

const typedEmail = /(?<![\w.%+-])[\w.%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}/gu;
const domains = 'com|net|org|edu|gov|io|de|uk|fr|es|eu|ca|au|ie|in|info|me|co';
const spelledEmail = new RegExp(
	`(?<![\\w.%+-])[\\w.%+-]{2,64} {0,3}(?:[([{] ?at ?[)\\]}] {0,3}[\\w-]{2,63} {0,3}(?:\\.|[([{] ?dot ?[)\\]}]|\\bdot\\b)| at {1,3}[\\w-]{2,63} {1,3}dot) {0,3}(?:${domains})(?![\\w-])`,
	'gi'
);

export function findEmails(text: string): string[] {
	return [...matches(typedEmail, text), ...matches(spelledEmail, text)];
}

const nameWord = "\\p{Lu}[\\p{L}'’-]{1,30}";
const toldName = new RegExp(
	`(?<![\\p{L}])(?:(?:${[
		"[Mm]y (?:full |real )?name(?: is|['’]s)",
		'[Ii]ch hei(?:ß|ss)e',
		'[Mm]ein (?:voller )?Name ist',
		'[Mm]e llamo',
		'[Mm]i nombre (?:completo )?es',
		"[Jj]e m['’]appelle",
		'[Mm]on nom est',
		'[Mm]i chiamo',
		'[Mm]eu nome é',
		'MY NAME IS'
	].join('|')})|(${["I(?: am|['’]m)", 'Soy', 'soy', '[Jj]e suis'].join('|')})),? {1,3}((?:${nameWord} ){1,3}${nameWord})(?![\\p{L}'’-])`,
	'gu'
);
// People write feelings, faiths and peoples with capitals too; a pair with one of these is no name.
const noName = new Set(
	(
		'so very not too just now still really always never also here back finally truly the a an in on at of for from with and or but your my new old ' +
		'day days week month year sober clean grateful thankful proud tired happy sad sorry afraid scared alone lost broken free alive ' +
		'sick done ready sure okay ok fine better worse good great bad blessed strong weak important anonymous alcoholic alcoholics addict ' +
		'addicts recovering narcotics smart recovery dharma refuge celebrate women american african irish british english scottish welsh german french ' +
		'spanish mexican canadian australian indian asian european native latino latina catholic christian muslim jewish buddhist hindu orthodox ' +
		'god jesus christ lord higher power mother father parent nobody someone no none nothing alcohólicos alcooliques anonymes anónimos ' +
		'bipolar autistic sobre depuis alcohólico anónimo alcoolique twenty thirty forty fifty sixty seventy eighty ninety north south east west rican lankan going getting feeling trying doing being glad all only one born again human person member sponsor moderator nurse doctor veteran'
	).split(' ')
);
const quoted = /[“"«„]$/;

export function findNames(text: string): string[] {
	const found: string[] = [];
	for (const match of text.matchAll(toldName)) {
		const [all, isWeak, name = ''] = match;
		const words = name.split(' ');
		if (isGenerated(name) || words.some((word) => noName.has(word.toLowerCase()))) continue;
		// "I am Feeling Better", and whole Sentences Written Like Titles.
		if (isWeak && (words.some((word) => /\p{Ll}ing$/u.test(word)) || words.length > 3 || quoted.test(text.slice(0, match.index)))) continue;
		if (/^[^\p{Ll}]+$/u.test(name) && !/^MY/.test(all)) continue;
		found.push(name);
	}
	return found;
}

const streetTypes =
	'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Court|Ct|Close|Crescent|Boulevard|Blvd|Terrace|Square|Gardens|Grove|Parkway|Pkwy|Highway|Hwy|Way|Place|Row';
const noStreet =
	'(?:[Ss]teps?|[Dd]ays?|[Ll]anes?|[Ww]ays?|[Mm]iles?|[Bb]locks?|[Mm]ore|[Oo]ther|[Ll]ong|[Dd]ifferent|[Mm]inutes?|[Hh]ours?|[Yy]ears?|[Dd]own|[Uu]p|[Tt]he|[Oo]n|[Ii]n|[Aa]t|[Tt]ons?|[Mm]en|[Pp]eople|[Mm]ajor|[Mm]ain)(?![\\p{L}])';
const number = '(?<![\\p{L}\\p{N}.,$€£#-])\\d{1,5}[A-Za-z]?';
const patterns = [
	`${number},? {1,2}(?:[NSEW]\\.? )?(?:(?!${noStreet})\\p{Lu}[\\p{L}'’.-]{1,30} ){1,3}(?:${streetTypes})(?![\\p{L}\\p{N}])`,
	`${number} (?!${noStreet})\\p{Ll}{3,20} (?:street|road|avenue|boulevard)(?![\\p{L}\\p{N}])`,
	'(?<![\\p{L}-])\\p{Lu}[\\p{L}-]{2,30}(?:straße|strasse|str\\.|gasse|allee) {0,2}\\d{1,4} ?[a-z]?(?![\\p{L}\\p{N}])(?! (?:Uhr|Tage|Jahre|Bier))',
	'(?<![\\p{L}])\\p{Lu}\\p{L}{2,30}er (?:Straße|Strasse|Str\\.|Allee|Platz|Weg|Ring|Damm|Ufer) \\d{1,4} ?[a-z]?(?![\\p{L}\\p{N}])',
	`${number}(?: bis| ter)?,? (?:rue|avenue|boulevard|impasse|chemin|allée|quai|place) (?:(?:de|du|des|la|le|les|l['’]|d['’]) ?){0,3}\\p{Lu}[\\p{L}'’-]{1,30}`,
	'(?<![\\p{L}])(?:[Cc]alle|C/|[Aa]venida|[Aa]vda\\.?|[Pp]laza|[Pp]aseo) (?:(?:de|del|la|las|los|el) ){0,3}\\p{Lu}[\\p{L}-]{1,30}(?: \\p{Lu}[\\p{L}-]{1,30}){0,2},? (?:n[º°.]{1,2} ?|número )?\\d{1,4}(?![\\p{L}\\p{N}])',
	'(?<![\\p{L}])(?:apt|apartment|flat)(?:\\.|,| no\\.?)? ?#?\\d{1,4}[a-z]?(?![\\p{L}\\p{N}.,:]\\p{N}|[\\p{L}\\p{N}])(?! ?(?:%|days?|hours?|weeks?|months?|minutes?|years?|out|people|times|mates?))'
].map((pattern, n) => new RegExp(pattern, n === 6 ? 'giu' : 'gu'));

const states = 'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]';
// A code alone may be a locker or a dose; with talk of living somewhere it is a home.
const postcodes: [code: RegExp, before: RegExp][] = [
	[
		/(?<![\p{L}\p{N}])[A-PR-UWYZ]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])/gu,
		/(?:\blive[sd]?\b|\bliving\b|address|post ?code|\bhome\b|\bhouse\b|street|road|avenue|\bmoved?\b|come (?:to|over))[^.!?\n]{0,40}$|\p{Lu}\p{Ll}+,? ?$/u
	],
	[
		new RegExp(`(?<![\\p{L}\\p{N}])(?:${states}) \\d{5}(?:-\\d{4})?(?![\\p{L}\\p{N}])`, 'gu'),
		/\p{Lu}\p{Ll}+,? $|(?:\blive|\bmoved?|address)[^.!?\n]{0,40}$/u
	],
	[/(?<![\p{L}\p{N}])zip(?: code)?:? (?:is )?\d{5}(?:-\d{4})?(?![\p{L}\p{N}])/giu, /(?:)/],
	[
		/(?<![\p{L}\p{N}.,-])\d{5} \p{Lu}\p{Ll}{2,30}(?![\p{L}\p{N}])/gu,
		/(?:\bwohn\w*|\blebe\b|adresse|\bplz\b|stra(?:ß|ss)e)[^.!?\n]{0,40}$/iu
	]
];

export function findAddresses(text: string): string[] {
	const homes = postcodes.flatMap(([code, before]) =>
		[...text.matchAll(code)].filter(({ index }) => before.test(text.slice(Math.max(0, index - 60), index))).map(([all]) => all)
	);
	return [...patterns.flatMap((pattern) => matches(pattern, text)), ...homes];
}

function matches(pattern: RegExp, text: string): string[] {
	return [...text.matchAll(pattern)].map(([all]) => all);
}
