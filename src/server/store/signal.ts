// "Something new stands in the stream": told within this process, and on PostgreSQL to every process on the same store. Numbers only.
import { EventEmitter } from 'node:events';

export interface Signal {
	/** Resolves when the others have been told, or will learn it by themselves. */
	send(number: number): Promise<void>;
	/** The listener hears numbers, its own process's too; after a lost connection it hears one, so that it looks what it missed. */
	hear(listener: (number: number) => void): void;
	close(): Promise<void>;
}

export function signalInProcess(): Signal {
	const emitter = new EventEmitter();
	return {
		send: async (number) => void emitter.emit('number', number),
		hear: (listener) => void emitter.on('number', listener),
		close: async () => void emitter.removeAllListeners()
	};
}
