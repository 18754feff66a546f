// What a command in this process writes to stdout and stderr themselves, kept apart from what others write: runs go on
// side by side, and each hears only what was written in its own course.
import { AsyncLocalStorage } from "node:async_hooks";

/** Hears what is written. */
export interface Listener {
  stdout(text: string): void;
  stderr(text: string): void;
}

const listeners = new AsyncLocalStorage<Listener>();

for (const name of ["stdout", "stderr"] as const) {
  const stream = process[name];
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean;
  stream.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    const listener = listeners.getStore();
    if (listener === undefined) return write(chunk, ...rest);
    listener[name](typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const done = rest.at(-1);
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  }) as typeof stream.write;
}

/** Runs this; what it writes goes to the listener, now and later. */
export function divertOutput<T>(listener: Listener, run: () => T): T {
  return listeners.run(listener, run);
}
