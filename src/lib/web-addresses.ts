// Which addresses a post may link to, and the page of ours that stands between. Nothing is ever fetched.

export type WebAddress = {
	href: string;
	/** As the browser will resolve it: lower case, punycode, decoded numbers. */
	host: string;
	/** The host was typed that way, so the address itself misleads nobody. */
	plain: boolean;
};

/** No address that works is longer, and hosts beyond 253 are not in the DNS. */
const longest = 2000;
const longestHost = 253;

/** Only http(s) to a host with a dot. No user part: `https://bank.example@evil.example` shows the wrong name first. */
export function webAddress(typed: string): WebAddress | undefined {
	const [, authority = ''] = /^https?:\/\/([^/?#]{1,300})/i.exec(typed) ?? [];
	if (!authority || authority.length > longestHost || typed.length > longest) return undefined;
	if (/[\s\\@\p{C}]/u.test(authority) || /[\s\\<>"\p{Cc}]/u.test(typed)) return undefined;
	if (!URL.canParse(typed)) return undefined;
	const { hostname, host, href } = new URL(typed);
	if (!/[^.]\.[^.]/.test(hostname)) return undefined;
	return { href, host, plain: authority.toLowerCase() === host };
}

/** Where a link in a post leads first: a page that names the host it goes to. */
export const awayTo = ({ href }: WebAddress) => `/away?to=${encodeURIComponent(href)}`;
