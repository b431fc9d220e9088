/** Over https the browser itself holds a cookie of this name to this host, this path and https: no neighbouring host can plant one. */
export const cookieName = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);
