// Starts processes of the benchmark and speaks with them.
import { fork, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { LoadAsked, LoadDone } from './load.ts';

export type Loader = { run: (asked: LoadAsked) => Promise<LoadDone>; stop: () => void };

/** A process of the benchmark. It says when it hears: what is said before that is lost. */
export async function companion(file: string, stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc']): Promise<ChildProcess> {
	const child = fork(new URL(file, import.meta.url), { stdio });
	await answerOf(child);
	return child;
}

/** A load generator in a process of its own. */
export async function loader(): Promise<Loader> {
	const child = await companion('load.ts');
	return {
		async run(asked) {
			child.send(asked);
			return answerOf<LoadDone>(child);
		},
		stop: () => void child.kill()
	};
}

/** The next message of a process; it ending instead is a failure. */
export function answerOf<T>(child: ChildProcess): Promise<T> {
	return new Promise((done, failed) => {
		const ended = (code: number | null) => failed(new Error(`A process of the benchmark ended with ${code}.`));
		child.once('exit', ended);
		child.once('message', (answer: T) => {
			child.off('exit', ended);
			done(answer);
		});
	});
}

/** One request as a browser sends it. */
export function requestOf(
	port: number,
	path: string,
	{ cookie, form }: { cookie?: string | undefined; form?: Record<string, string> } = {},
	more: string[] = []
): string {
	const body = form ? new URLSearchParams(form).toString() : '';
	return [
		`${form ? 'POST' : 'GET'} ${path} HTTP/1.1`,
		`Host: localhost:${port}`,
		'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
		'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
		'Accept-Language: en-US,en;q=0.5',
		'Accept-Encoding: gzip, deflate, br',
		'Connection: keep-alive',
		...(cookie ? [`Cookie: lamplight=${cookie}`] : []),
		...(form
			? [
					`Origin: http://localhost:${port}`,
					'Content-Type: application/x-www-form-urlencoded',
					`Content-Length: ${Buffer.byteLength(body)}`
				]
			: []),
		...more,
		'',
		body
	].join('\r\n');
}
