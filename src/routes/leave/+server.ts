import type { RequestHandler } from './$types';

// Where Leave goes: LEAVE_TO, or our own empty sheet. An endpoint, not a page: the root layout (name, bars, styles) would come with any page.
// No style either: `color-scheme` alone gives a blank sheet in the reader's light or dark. No link leads back.
const blank = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>A page</title>
</head>
<body><main><h1 aria-label="A page"></h1></main></body>
</html>
`;

export const GET: RequestHandler = ({ locals }) => {
	const headers = { 'cache-control': 'no-store' };
	if (locals.settings.leaveTo) return new Response(null, { status: 303, headers: { ...headers, location: locals.settings.leaveTo } });
	return new Response(blank, { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
};
