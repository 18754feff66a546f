// Diverts what a command in this process writes to stdout and stderr. Several runs can be under way at once; each gets only
// its own output.
import { AsyncLocalStorage } from "node:async_hooks";

/** Gets what is written. */
export interface OutputListener {
  stdout(text: string): void;
  stderr(text: string): void;
}

const listeners = new AsyncLocalStorage<OutputListener>();

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

/** Runs this; what it writes goes to the listener, also after it returned. */
export function divertOutput<T>(listener: OutputListener, run: () => T): T {
  return listeners.run(listener, run);
}
