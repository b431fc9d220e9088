// What somebody sees who enlarges a page fourfold, or sets more space between letters and lines: all of it, and they scroll one way
// only (WCAG 2.2, 1.4.10 and 1.4.12). 1,280 pixels enlarged fourfold are 320.
import type { Page } from 'playwright-core';

/** What is wider than the window, and what text is cut off. */
const lost = () => {
	const width = document.documentElement.clientWidth;
	const told = (what: string, one: Element) =>
		`${what} ${one.tagName}.${one.getAttribute('class')} “${one.textContent.trim().slice(0, 40)}”`;
	const finds: string[] = [];
	if (document.documentElement.scrollWidth > width) {
		const over = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1);
		finds.push(...over.slice(-2).map((one) => told(`of ${document.documentElement.scrollWidth} pixels`, one)));
	}
	for (const one of document.querySelectorAll<HTMLElement>('main *, header *, footer *')) {
		const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(one);
		// The first lines of a story are its first lines on purpose; what only ears find is a pixel wide.
		if (one instanceof SVGElement || webkitLineClamp !== 'none' || one.clientWidth <= 1 || one.closest('.aside')) continue;
		const hides = [overflowX, overflowY].some((how) => how === 'hidden' || how === 'clip');
		const over = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
		if (hides && over) finds.push(told('cut:', one));
	}
	return finds;
};

export async function zoomFinds(page: Page): Promise<string[]> {
	const before = page.viewportSize() ?? { width: 360, height: 780 };
	await page.setViewportSize({ width: 320, height: before.height });
	const zoomed = await page.evaluate(lost);
	await page.evaluate(() => {
		const spaced = new CSSStyleSheet();
		spaced.replaceSync(
			'* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'
		);
		document.adoptedStyleSheets = [spaced];
	});
	const spaced = await page.evaluate(lost);
	await page.evaluate(() => void (document.adoptedStyleSheets = []));
	await page.setViewportSize(before);
	return [...zoomed.map((find) => `at 320 px ${find}`), ...spaced.map((find) => `with spaced text ${find}`)];
}
