import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { cautionsFor, type Caution } from '#server/community/cautions.ts';
import { offerName } from '#server/community/pseudonyms.ts';

/** What a person typed, what they should be told about, and the words they should see again. */
const told: [Caution['kind'], string, string][] = [
	['phone', 'You can text me on 555-867-5309 any time', '555-867-5309'],
	['phone', 'call (212) 555-0187 after six', '(212) 555-0187'],
	['phone', 'My cell: 212.555.0187', '212.555.0187'],
	['phone', '1-212-555-0187 is my sister', '1-212-555-0187'],
	['phone', 'reach me at +44 7700 900123', '+44 7700 900123'],
	['phone', 'it is 07700 900123', '07700 900123'],
	['phone', 'I am on 020 7946 0958 most evenings', '020 7946 0958'],
	['phone', 'Meine Nummer ist 0151 23456789', '0151 23456789'],
	['phone', 'Büro 030/12345678', '030/12345678'],
	['phone', '+49 (0)151 234 567 89', '+49 (0)151 234 567 89'],
	['phone', 'mon portable 06 12 34 56 78', '06 12 34 56 78'],
	['phone', 'mi móvil 612 345 678', '612 345 678'],
	['phone', 'WhatsApp +52 55 1234 5678', '+52 55 1234 5678'],
	['phone', 'Ring 0412 345 678 if you are near', '0412 345 678'],
	['phone', 'I am at 98765 43210', '98765 43210'],
	['phone', '2125550187', '2125550187'],
	['phone', 'in Vermont 802-555-0187', '802-555-0187'],
	['phone', 'in Hawaii 808 555 0187', '808 555 0187'],
	['phone', 'my number is 8675309', '8675309'],
	['phone', 'just dial 867-5309', '867-5309'],
	['phone', '0033 6 12 34 56 78', '0033 6 12 34 56 78'],
	['email', 'write to wren@example.org please', 'wren@example.org'],
	['email', 'wren.k+help@mail.example.co.uk', 'wren.k+help@mail.example.co.uk'],
	['email', 'wren (at) example (dot) org', 'wren (at) example (dot) org'],
	['email', 'wren at gmail dot com', 'wren at gmail dot com'],
	['email', 'wren[at]example.com works', 'wren[at]example.com'],
	['email', '(wren_k@example.org)', 'wren_k@example.org'],
	['name', 'Hi, my name is John Smith and I drink', 'John Smith'],
	['name', "I'm Mary O’Brien from the Tuesday group", 'Mary O’Brien'],
	['name', 'I am Priya Raman, 34', 'Priya Raman'],
	['name', 'Ich heiße Jürgen Müller.', 'Jürgen Müller'],
	['name', 'Hola, me llamo María José García', 'María José García'],
	['name', 'Bonjour, je m’appelle Élise Dupont', 'Élise Dupont'],
	['name', 'Je suis Marie Lefèvre', 'Marie Lefèvre'],
	['name', 'MY NAME IS JOHN SMITH', 'JOHN SMITH'],
	['address', 'come to 12 Baker Street tonight', '12 Baker Street'],
	['address', 'I live at 4 Upper Mill Lane', '4 Upper Mill Lane'],
	['address', '221B Baker St', '221B Baker St'],
	['address', 'at 12 baker street', '12 baker street'],
	['address', 'Ich wohne in der Hauptstraße 5', 'Hauptstraße 5'],
	['address', 'Berliner Straße 17a', 'Berliner Straße 17a'],
	['address', '12 rue de la Paix', '12 rue de la Paix'],
	['address', 'vivo en Calle de Alcalá 42', 'Calle de Alcalá 42'],
	['address', 'buzz apt 4B', 'apt 4B'],
	['address', 'I live near SW1A 1AA', 'SW1A 1AA'],
	['address', 'we moved to Springfield, IL 62704', 'IL 62704'],
	['address', 'ich wohne in 10115 Berlin', '10115 Berlin']
];

const untold = [
	'Day 30. Then 60. Then 90: 30 60 90.',
	'I go 24/7 and have done since 2019-2024',
	'Sober since 2021-03-14',
	'since 14.03.2021 and again since 01/02/2024',
	'Call 988 or 116 123 or text 741741',
	'The SAMHSA line is 1-800-662-4357, it helped me',
	'Samaritans 116 123, Childline 0800 1111',
	'Lifeline 13 11 14',
	'Telefonseelsorge 0800 1110111, Samaritans +44 116 123, en France 0 805 20 30 40',
	'I am Puerto Rican, my wife is South African',
	'0800 111 0 111 answers day and night',
	'I spent $1,250,000 over 10 years',
	'It cost me 10 000 000 in all',
	'100 200 300 400 mg, then down again',
	'I took 1000-2000 mg a day',
	'500-1000 calories',
	'2019 2020 2021 were the worst years',
	'10:30 to 12:45, room 101',
	'3.14159265',
	'192.168.1.1',
	'1 2 3 4 5 6 7 8 9 10',
	'01 02 03 04 05, that is how I counted the hours',
	'Order #12345678 never came',
	'10000 steps a day for 365 days',
	'I have 1825 days, 43800 hours, 2628000 minutes',
	'Chapter 5, pages 83-84',
	'Genesis 1:1-2:3',
	'I am So Tired of this',
	'I am So Very Tired Of This',
	"I'm Feeling Better",
	'I am Irish American',
	"I'm Catholic and I'm Not Sorry",
	'I am Recovering Alcoholic number one million',
	'my name is not important',
	'My name is John',
	"I'm Wren, alcoholic",
	'je suis Alcooliques Anonymes',
	'Ich bin Mutter und Tochter',
	'The 12 Step Way worked',
	'a 2 lane road, a 12 step program',
	'I walked 5 miles down the road',
	'we ran 3 more street fights',
	'I fell flat 3 times',
	'the tyre was flat 2 days ago',
	'90 Days Drive was our song',
	'Main street at night is hard for me',
	'Look at this, I am at work at 5',
	'meet me @ 8',
	'I was at rock bottom dot dot dot',
	'MRSA B12 3mg, vitamin D3 5000',
	'I owe 20000 Euro, I had 50000 Dollars',
	'half of 1/2 of 3/4',
	'I am Bipolar Type Two and I am Thirty Two',
	'Soy Alcohólico Anónimo',
	'Ref 555-0100-22, ISBN 978-3-16-148410-0',
	'2000 1500 1000 500, my heart 60 72 80 95 110',
	'at 07.30 08.30 09.30',
	'Big Book pages 83-84, 417 and 449, Romans 7:15-20',
	'I am from New York City, I am Mexican American',
	'Highway 61, Route 66, the 3rd floor of St. Mary',
	'5555555555 and 0000000000 and 123456789',
	'COVID-19 in 2020, AB12 3CD was the locker'
];

describe('what is told', () => {
	test.each(told)('a %s in “%s”', (kind, typed, found) => {
		expect(cautionsFor(typed)).toContainEqual({ kind, found });
	});
});

describe('what is left alone', () => {
	test.each(untold)('“%s”', (typed) => {
		expect(cautionsFor(typed)).toEqual([]);
	});

	test('the numbers of every help line on file', async () => {
		const { signposts } = await import('#lib/signposts.ts');
		for (const line of signposts) expect(cautionsFor(`Please call ${line.phone ?? ''}, they are kind.`), line.name).toEqual([]);
	});
});

test('a pseudonym may be told to everyone', () => {
	expect(cautionsFor(`I am ${offerName(() => 0)}, and my name is ${offerName((below) => below - 1)}`)).toEqual([]);
});

test('a text with several is told about each once', () => {
	const found = cautionsFor('My name is John Smith. Write to j@example.org or j@example.org, 555-867-5309, 12 Baker Street');
	expect(found.map(({ kind }) => kind)).toEqual(['phone', 'email', 'name', 'address']);
});

test('hidden direction marks and odd spaces do not hide a number', () => {
	expect(cautionsFor('call 555\u00A0867\u20095309\u200E')).toHaveLength(1);
});

test('whatever is told stands in the text', () => {
	const words = fc.array(fc.constantFrom(...told.map(([, typed]) => typed), ...untold, ' ', '\n', '+', '1', '('), { maxLength: 12 });
	fc.assert(
		fc.property(words, (typed) => {
			const text = typed.join(' ');
			for (const { found } of cautionsFor(text)) expect(text.replace(/[^\S\n]/g, ' ')).toContain(found);
		})
	);
});
