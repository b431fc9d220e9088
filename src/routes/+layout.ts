// Reading pages ship no framework script; what moves is small and by hand (src/lib/islands).
export const csr = false;
export const prerender = false;
