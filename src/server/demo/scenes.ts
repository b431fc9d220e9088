// What happens in the demo and when: stories and their answers, flattened into one line of moments.
import { isWarning, type Warning } from '#lib/warnings.ts';
import a from './stories-a.json' with { type: 'json' };
import b from './stories-b.json' with { type: 'json' };

type Answer = { by: string; minutesAfter: number; body: string; warnings?: string[] | undefined; answers?: Answer[] | undefined };
type Story = {
	board: string;
	by: string;
	hoursAgo: number;
	title: string;
	body: string;
	warnings?: string[] | undefined;
	answers?: Answer[] | undefined;
};

/** `id` names the moment for the answers that come under it; `story` is the id of its opening. */
export type Moment = {
	id: string;
	story: string;
	parent: string | undefined;
	minutesAgo: number;
	by: string;
	board: string;
	title: string;
	body: string;
	warnings: Warning[];
};

const stories: Story[] = [...a, ...b];

export function moments(): Moment[] {
	return stories.flatMap(momentsOf).sort((one, other) => other.minutesAgo - one.minutesAgo);
}

function momentsOf(story: Story, number: number): Moment[] {
	const opening = {
		id: `s${number}`,
		story: `s${number}`,
		parent: undefined,
		minutesAgo: story.hoursAgo * 60,
		by: story.by,
		board: story.board,
		title: story.title,
		body: story.body,
		warnings: (story.warnings ?? []).filter(isWarning)
	};
	const below = (answers: Answer[] | undefined, parent: Moment): Moment[] =>
		(answers ?? []).flatMap((answer, i) => {
			const moment = {
				...parent,
				id: `${parent.id}.${i}`,
				parent: parent.id,
				minutesAgo: Math.max(0.5, parent.minutesAgo - answer.minutesAfter),
				by: answer.by,
				body: answer.body,
				warnings: (answer.warnings ?? []).filter(isWarning)
			};
			return [moment, ...below(answer.answers, moment)];
		});
	return [opening, ...below(story.answers, opening)];
}

/** Everybody who writes, reports or encourages. */
export function everybody(): string[] {
	return [
		...new Set([...moments().map(({ by }) => by), ...Array.from({ length: 48 }, (_, i) => `p${String(i + 1).padStart(2, '0')}`)])
	].sort();
}
