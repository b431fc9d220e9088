// How long hostile texts take. `node tests/bench/markdown.ts [seconds=120] [texts=20000] [seed=1]`; fails above 50 ms.
// With SHOW=1 it names more of the slowest.
import { cautionsFor } from '#server/community/cautions.ts';
import { renderMarkdown, markdownLinks } from '#server/community/markdown.ts';
import { excerpt, graphemes, tidyLine, tidyText } from '#server/community/text.ts';
import { catalogue, framed, links, signs, tags } from '../community/hostile-markdown.ts';
import { randomFrom } from './random.ts';

const length = 20_000;
const [seconds = 120, texts = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const longest = 50;

const always: Record<string, (text: string) => unknown> = { renderMarkdown, tidyText, cautionsFor };
/** Measured on the catalogue and on every eighth generated text. */
const sometimes = { tidyLine, markdownLinks, graphemes, excerpt: (text: string) => excerpt(text, 220) };
type Time = { ms: number; source: string };
const times = Object.fromEntries(Object.keys({ ...always, ...sometimes }).map((name): [string, Time[]] => [name, []]));

const random = randomFrom(seed);
const below = (limit: number) => Math.floor(random() * limit);
// prettier-ignore
const pieces = [...signs, ...tags, ...links, ...framed, 'a', 'a ', ' a', 'word', ' ', 'A', 'Aa ', '1', '12 ', '555', '@', '.com', 'é', 'a\n', '\n', '\n\n'];
const one = () => pieces[below(pieces.length)] ?? '';
const few = () => Array.from({ length: 1 + below(5) }, one).join('');

/** A few pieces, repeated, surrounded, indented or mixed until the text is full. */
function generated(): string {
	const kind = below(6);
	let text = '';
	if (kind === 0) {
		const motif = few();
		text = motif.repeat(Math.ceil(length / motif.length));
	} else if (kind === 1) {
		const [open, close] = [few(), few()];
		const count = Math.floor(length / (open.length + close.length + 1));
		text = open.repeat(count) + 'x' + close.repeat(count);
	} else {
		const motifs = Array.from({ length: 1 + below(4) }, few);
		while (text.length < length) {
			const motif = motifs[below(motifs.length)] ?? '';
			text +=
				kind === 2 ? motif.repeat(1 + below(400)) : kind === 3 ? `${' '.repeat(below(40))}${motif}\n` : kind === 4 ? few() : motif + one();
		}
	}
	return text.slice(0, length);
}

function measure(name: string, text: string, verbs: typeof always, counted = true) {
	// A copy of its beginning: a slice would keep the whole text in memory.
	const source = `${name}: ${JSON.stringify(text.slice(0, 60))}`;
	for (const [what, run] of Object.entries(verbs)) {
		let ms = Infinity;
		// A pause of the machine is not the text's fault: what looks slow is measured again, and its best time counts.
		for (let again = 0; again < 5 && ms > longest / 5; again += 1) {
			const start = performance.now();
			run(text);
			ms = Math.min(ms, performance.now() - start);
		}
		if (counted) times[what]?.push({ ms, source });
	}
}

const whole = catalogue(length);
for (const [name, text] of [...whole, ...whole]) measure(name, text, { ...always, ...sometimes }, false);
for (const [name, text] of whole) measure(name, text, { ...always, ...sometimes });
const end = performance.now() + seconds * 1000;
let made = 0;
for (; made < texts && performance.now() < end; made += 1)
	measure(`generated ${made}`, generated(), made % 8 ? always : { ...always, ...sometimes });

console.log(`${whole.length} texts of the catalogue, ${made} generated (seed ${seed}), ${length} UTF-16 units each\n`);
console.log('verb'.padEnd(16), 'median'.padStart(9), 'p99'.padStart(9), 'max'.padStart(9), ' slowest text');
for (const [name, all] of Object.entries(times)) {
	const sorted = all.toSorted((a, b) => a.ms - b.ms);
	const at = (share: number) => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.ms ?? 0).toFixed(2)} ms`;
	const worst = sorted.at(-1);
	console.log(name.padEnd(16), at(0.5).padStart(9), at(0.99).padStart(9), at(1).padStart(9), ` ${worst?.source}`);
	if (process.env.SHOW) for (const slow of sorted.slice(-8, -1)) console.log('   ', slow.ms.toFixed(2), slow.source);
	if (worst && worst.ms > longest) process.exitCode = 1;
}
