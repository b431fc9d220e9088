// Only this site's own pages and scripts are ever read through it. One for a whole page: a browser refuses a second of the same name.
const rules = { createHTML: (text: string) => text, createScriptURL: (url: string) => url };

export const ownPolicy = window.trustedTypes?.createPolicy('lamplight', rules) ?? rules;
