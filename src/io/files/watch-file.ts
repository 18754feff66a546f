// Tells when a file was changed, in whatever way an editor does that: written in place, or put there by a rename. Watches
// the folder, because a file that is replaced is another file; waits until its changes have come to rest.

import { type FSWatcher, readFileSync, statSync, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { errorText, systemErrorCode } from "../../base/errors.js";
import { startTimer, type Timer } from "../platform/timers.js";

/** What is told of a watched file. */
export type FileChange =
  | { readonly kind: "changed"; readonly text: string }
  | { readonly kind: "unreadable"; readonly why: string };

/** How a file is watched. */
export interface WatchOptions {
  /** How long it must be left alone before it is read. */
  readonly restMs?: number;
  /** Bytes beyond which it is not read. */
  readonly largest: number;
  /** The text that is known already. */
  readonly known: string;
  readonly tell: (change: FileChange) => void;
}

const usualRestMs = 100;

class FileWatch {
  private readonly path: string;
  private readonly options: WatchOptions;
  private readonly watcher: FSWatcher;
  private timer: Timer | undefined;
  private last: string;

  constructor(path: string, options: WatchOptions) {
    this.path = resolve(path);
    this.options = options;
    this.last = options.known;
    const name = basename(this.path);
    this.watcher = watch(dirname(this.path), (_event, changed) => {
      if (changed === null || changed === name) this.stir();
    });
    this.watcher.on("error", (error) => options.tell({ kind: "unreadable", why: error.message }));
  }

  close(): void {
    this.timer?.stop();
    this.watcher.close();
  }

  private stir(): void {
    this.timer?.stop();
    this.timer = startTimer(() => this.look(), this.options.restMs ?? usualRestMs);
  }

  private look(): void {
    const { largest, tell } = this.options;
    try {
      if (statSync(this.path).size > largest) throw new Error(`it is larger than ${largest} bytes`);
      const text = readFileSync(this.path, "utf8");
      if (text === this.last) return;
      this.last = text;
      tell({ kind: "changed", text });
    } catch (error) {
      // Between the two halves of a rename there is no file for a moment: what comes next is told by its own event.
      if (systemErrorCode(error) === "ENOENT") return;
      tell({ kind: "unreadable", why: errorText(error) });
    }
  }
}

/** Watches a file until it is closed; `tell` hears every text that differs from the one before. */
export function watchFile(path: string, options: WatchOptions): { close(): void } {
  return new FileWatch(path, options);
}
