// What a story shows in a list, and the words for how it stands.

export type StoryCardData = {
	id: string;
	title: string;
	excerpt: string;
	warnings: string[];
	/** Something among its warnings is folded or hidden for this reader: the excerpt stays away. */
	folded: boolean;
	/** It waits for this reader, who muted its author or one of its words: its title says so and nothing else is shown. */
	quiet?: 'member' | 'words' | null;
	name: string;
	/** The name is an alias: the paper lantern. */
	masked?: boolean;
	boardTitle: string;
	boardSlug: string;
	answers: number;
	answered: boolean;
	age: string;
	locked: boolean;
	/** This reader was there before, and somebody has written since. */
	fresh?: boolean;
};

/** "no answer yet", "1 answer, waiting for another", "4 answers". */
export function standing(answers: number, answered: boolean): string {
	if (answers === 0) return 'no answer yet';
	const counted = answers === 1 ? '1 answer' : `${answers.toLocaleString('en')} answers`;
	return answered ? counted : `${counted}, waiting for another`;
}
