// What the store answered, kept in memory until something that a guest can see has changed (`visible_versions`). It holds nothing that
// depends on who asks, and whoever is handed an answer shares it with others: it is never changed.
import { LRUCache } from 'lru-cache';

/** Bytes that a kept answer costs beside what it says. */
const aside = 300;

/** `room` and `sizeOf` in bytes, or letters: most are one byte. */
export function keptAnswers<Answer>(room: number, sizeOf: (answer: Answer) => number) {
	const kept = new LRUCache<string, { version: number; answer: Answer }>({
		maxSize: room,
		sizeCalculation: ({ answer }, question) => question.length + sizeOf(answer) + aside
	});

	/** `version` was looked up before: what is asked then may be newer than it says, never older. */
	async function answerTo(question: string, version: number, ask: () => Promise<Answer>): Promise<Answer> {
		const there = kept.get(question);
		if (there?.version === version) return there.answer;
		const answer = await ask();
		kept.set(question, { version, answer });
		return answer;
	}

	return { answerTo, letGo: () => kept.clear() };
}
