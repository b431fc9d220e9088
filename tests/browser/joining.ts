// Joining through the form, as the browser tests do it.
import type { Page } from 'playwright-core';

export const passphrase = 'a lamp in the far window';

/** Joins and answers with the pseudonym. */
export async function join(page: Page): Promise<string> {
	await page.goto('/join');
	const first = page.locator('input[name=name]').first();
	const name = await first.inputValue();
	await first.check();
	await page.locator('input[name=passphrase]').fill(passphrase);
	await page.locator('input[name=adult]').check();
	await page.locator('input[name=agree]').check();
	await page.locator('form:has(input[name=passphrase]) button.lamp').click();
	await page.waitForURL((url) => url.pathname !== '/join');
	return name;
}
