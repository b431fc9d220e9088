// Whom of staff the stream keeps a case from: words in its audience, read by who a listener is. A mask stands there as its tag, not as its author.
import { authorship, type Author } from './authorship.ts';
import { apartTag } from './case-apart.ts';
import type { Actor, Means } from './means.ts';

const prefix = 'staff:not:';

/** The author of a post, as far as there is one. */
export function exceptAuthor({ authorId, maskTag, inThread }: Author): string[] {
	if (maskTag !== null) return [`mask/${inThread}/${maskTag}`];
	return authorId === null ? [] : [`member/${authorId}`];
}
/** One whose tag stands in the case of a post. */
export const exceptApart = (postId: string, tag: string) => `apart/${postId}/${tag}`;

export const staffBut = (except: string[]) => (except.length === 0 ? 'staff' : `${prefix}${except.join(' ')}`);

/** The audience without this member, where they stand in it. */
export function withoutMember(audience: string, member: string): { audience?: string } {
	if (!audience.startsWith(prefix) || !audience.includes(member)) return {};
	const left = audience
		.slice(prefix.length)
		.split(' ')
		.filter((word) => word !== `member/${member}`);
	return { audience: staffBut(left) };
}

/** Whether this one of staff is among those from whom a frame is kept. */
export function isExcepted(means: Pick<Means, 'sealer'>, actor: Actor, audience: string): boolean {
	if (!audience.startsWith(prefix)) return false;
	return audience
		.slice(prefix.length)
		.split(' ')
		.some((word) => {
			const [kind, of = '', tag = ''] = word.split('/');
			if (kind === 'mask') return authorship(means).wrote(actor, { authorId: null, maskTag: tag, inThread: of });
			return kind === 'apart' ? tag === apartTag(means, of, actor.id) : of === actor.id;
		});
}
