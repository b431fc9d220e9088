const entities = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;']
]);

/** Safe between tags and inside a double-quoted attribute; nothing here ever writes an unquoted one. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => entities.get(sign) ?? '');
}
