// Leaving at once: the empty sheet, and the cookie of somebody who has just pressed Leave.
import { cookieName } from './cookie-names.ts';
import { escapeHtml } from './escape-html.ts';

/** Lives for seconds: meanwhile every page of ours is the empty sheet, so that going back finds nothing. */
export const justLeft = (secure: boolean) => cookieName('left', secure);

/**
 * Where Leave goes when the operator names no other place. Not a page of Kit's: the root layout (name, bars, styles) would come with any.
 * No style either: `color-scheme` alone gives a blank sheet in the reader's light or dark. No link leads back.
 */
export function emptySheet({ script, to }: { script?: string | undefined; to?: string | undefined }): string {
	return `<!doctype html>
<html lang="en"${to ? ` data-to="${escapeHtml(to)}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>A page</title>${script ? `\n<script type="module" src="${escapeHtml(script)}"></script>` : ''}
</head>
<body><main><h1 aria-label="A page"></h1></main></body>
</html>
`;
}
