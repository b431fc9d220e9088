// What somebody was writing when the session ended. Sealed with a key that only the browser's cookie holds: from the store alone nobody can read it.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { asc, eq, inArray, lte } from 'drizzle-orm';
import type { Typed } from '#lib/forms.ts';
import { limits } from '#lib/limits.ts';
import { Invalid } from '#lib/refusals.ts';
import { ownPath } from '#lib/return-paths.ts';
import { addressShares } from './address-shares.ts';
import type { Means } from './means.ts';

/** The longest post in the widest letters (four bytes each), with its title and the form's other fields. */
const largest = 96 * 1024;
/** Room for a bad day, and at most some 400 MB in an attack; then the oldest go. */
const mostForms = 3_000;
/** What opens an account is never kept, sealed or not. */
const secret = /pass|current|again|code|secret|proof|invitation/i;

type KeptForm = { to: string; typed: Typed };

/** The key and the nonce both come from the token's secret, which seals one form only. */
function sealOf(secretPart: string): [key: Buffer, nonce: Buffer] {
	const bytes = createHash('sha512').update(secretPart).digest();
	return [bytes.subarray(0, 32), bytes.subarray(32, 44)];
}

export function keptForms({ db, now, newId }: Means) {
	const { keptForms } = db.tables;
	const shares = addressShares(2 * limits.formsFromOneAddress);

	/**
	 * `to` is where the form belongs, a path of this site; `from` stands for an address, whose own oldest make room for its newest. Returns the
	 * cookie's value.
	 */
	async function keep({ to, typed }: KeptForm, from?: string): Promise<string> {
		const kept = Object.fromEntries(Object.entries(typed).filter(([name]) => !secret.test(name)));
		if (bytesOf(kept) > largest) throw new Invalid({ form: 'This is more than we can keep for you. Please save a copy before you go on.' });
		const id = newId();
		const secretPart = newId() + newId();
		const cipher = createCipheriv('aes-256-gcm', ...sealOf(secretPart)).setAAD(Buffer.from(id));
		const text = JSON.stringify({ to: ownPath(to) ?? '/', typed: kept });
		const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
		const theirs = from === undefined ? [] : shares.of(from);
		const tooMany = theirs.slice(0, Math.max(0, theirs.length - limits.formsFromOneAddress + 1));
		if (from !== undefined) shares.add(from, id);
		await db.write(async (tx) => {
			await tx.delete(keptForms).where(lte(keptForms.expiresAt, now()));
			if (tooMany.length > 0) await tx.delete(keptForms).where(inArray(keptForms.id, tooMany));
			const excess = (await tx.$count(keptForms)) - mostForms + 1;
			if (excess > 0) {
				const oldest = await tx.select({ id: keptForms.id }).from(keptForms).orderBy(asc(keptForms.expiresAt)).limit(excess);
				await tx.delete(keptForms).where(
					inArray(
						keptForms.id,
						oldest.map((row) => row.id)
					)
				);
			}
			await tx.insert(keptForms).values({ id, sealed, expiresAt: now() + limits.formKeptFor });
		});
		return `${id}.${secretPart}`;
	}

	async function find(token: string | undefined): Promise<KeptForm | undefined> {
		const [id, secretPart] = partsOf(token);
		if (!id || !secretPart) return undefined;
		const [row] = await db.read
			.select({ sealed: keptForms.sealed, expiresAt: keptForms.expiresAt })
			.from(keptForms)
			.where(eq(keptForms.id, id));
		if (!row || row.expiresAt <= now()) return undefined;
		const sealed = Buffer.from(row.sealed, 'base64url');
		const decipher = createDecipheriv('aes-256-gcm', ...sealOf(secretPart), { authTagLength: 16 })
			.setAAD(Buffer.from(id))
			.setAuthTag(sealed.subarray(-16));
		try {
			return formIn(JSON.parse(decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')));
		} catch {
			// Another key, or a changed row: for whoever asks there is nothing here.
			return undefined;
		}
	}

	/** Only who can open it can throw it away. */
	async function forget(token: string | undefined) {
		const [id] = partsOf(token);
		if (!id || !(await find(token))) return;
		await db.write((tx) => tx.delete(keptForms).where(eq(keptForms.id, id)));
	}

	return { keep, find, forget };
}

function partsOf(token: string | undefined): [id?: string, secretPart?: string] {
	const parts = /^([\w-]{16,64})\.([\w-]{32,128})$/.exec(token ?? '');
	return parts ? [parts[1], parts[2]] : [];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTyped = (field: [string, unknown]): field is [string, string | string[]] =>
	isText(field[1]) || (Array.isArray(field[1]) && field[1].every(isText));

function formIn(opened: unknown): KeptForm | undefined {
	if (typeof opened !== 'object' || opened === null || !('to' in opened) || !('typed' in opened)) return undefined;
	const { to, typed } = opened;
	if (!isText(to) || typeof typed !== 'object' || typed === null) return undefined;
	return { to, typed: Object.fromEntries(Object.entries(typed).filter(isTyped)) };
}

function bytesOf(typed: Typed): number {
	return Object.entries(typed)
		.flat(2)
		.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), 0);
}
