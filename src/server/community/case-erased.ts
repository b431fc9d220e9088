// What the case of a post keeps when its author erases it and stays: enough that one of staff who wrote it does not come to judge it.
import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { apartTag, staffRoles } from './case-apart.ts';
import { changeCase } from './case-events.ts';
import type { Means } from './means.ts';
import { openAuthor } from './waiting-masks.ts';
import type { Moment } from './write-and-tell.ts';

/**
 * Inside the write that erases, before it does. Of all others a tag stands there that is nobody's: without the key file no line says whether
 * the author is of staff, and with it none says more than that of staff.
 */
export async function casesErased(tx: Queries, means: Pick<Means, 'db' | 'sealer'>, moment: Moment, erased: string[]): Promise<void> {
	const { cases, members, posts } = means.db.tables;
	const found = await tx
		.select({ id: cases.id, version: cases.version, postId: posts.id, authorId: posts.authorId, sealed: posts.sealedAuthor })
		.from(cases)
		.innerJoin(posts, and(eq(posts.id, cases.postId), ne(posts.state, 'erased')))
		.where(inArray(posts.id, erased));
	for (const { postId, authorId, sealed, ...was } of found) {
		const author = sealed !== null && means.sealer ? openAuthor(means.sealer, postId, sealed) : authorId;
		const ofStaff = author ? await tx.$count(members, and(eq(members.id, author), inArray(members.role, staffRoles))) : 0;
		const wrote = [apartTag(means, postId, ofStaff > 0 && author ? author : moment.newId())];
		await changeCase(tx, means.db.tables, moment, was, { kind: 'target_erased', detail: { wrote } });
	}
}
