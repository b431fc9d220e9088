// Files of the operator's that are read at the start, and what to say where the system does not hand them over.
import { closeSync, openSync, readFileSync } from 'node:fs';

/** What stands in it; undefined where there is no such file. `what` begins the sentence that refuses the start; `written`: we have to write there, too. */
export function textOf(file: string, what: string, { written = false } = {}): string | undefined {
	try {
		const text = readFileSync(file, 'utf8');
		if (written) closeSync(openSync(file, 'r+'));
		return text;
	} catch (problem) {
		const code = problem instanceof Error && 'code' in problem ? problem.code : undefined;
		if (code === 'ENOENT') return undefined;
		const rights = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
		throw new Error(
			rights
				? `${what} ${file} is closed to the user that Lamplight runs as. Make that user its owner, with mode 600 (its folder with mode 700), and start again.`
				: `${what} ${file} could not be read (${String(code)}). Look what stands there, and start again.`,
			{ cause: problem }
		);
	}
}
