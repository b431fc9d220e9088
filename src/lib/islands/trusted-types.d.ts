// What TypeScript does not know yet: with Trusted Types on, markup and script addresses go through a policy.
interface Window {
	trustedTypes?: { createPolicy: <Rules>(name: string, rules: Rules) => Rules };
}
