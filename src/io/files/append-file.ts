// A file that is only ever appended to, with callbacks instead of promises because many cassettes write 50 times
// a second each. Made exclusively, readable by its owner alone. Knows nothing of what is written.

import { close, fdatasync, mkdir, open, write, writev } from "node:fs";
import { dirname } from "node:path";

/** An open file; tests hand in ones that fail. */
export interface AppendFile {
  /** Appends the bytes in order; `written` may be less than all. */
  write(pieces: readonly Uint8Array[], done: (error: Error | null, written: number) => void): void;
  /** Brings what was written onto the disk. */
  datasync(done: (error: Error | null) => void): void;
  close(done: (error: Error | null) => void): void;
}

/** Makes a file that does not exist yet. */
export type OpenAppendFile = (path: string, done: (error: Error | null, file?: AppendFile) => void) => void;

/** One sync at a time in the whole process: Node has four threads for files, and writes must find one free. */
const turns: (() => void)[] = [];

const inTurn = (sync: (done: () => void) => void): void => {
  const start = (): void =>
    sync(() => {
      turns.shift();
      turns[0]?.();
    });
  turns.push(start);
  if (turns.length === 1) start();
};

const fileOf = (fd: number): AppendFile => ({
  write: (pieces, done) => {
    const written = (error: Error | null, length: number): void => done(error, error === null ? length : 0);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined) write(fd, only, 0, only.length, null, written);
    else writev(fd, pieces, null, written);
  },
  datasync: (done) =>
    inTurn((next) =>
      fdatasync(fd, (error) => {
        next();
        done(error);
      }),
    ),
  close: (done) => close(fd, done),
});

/** Makes a file on the disk, with the folders that are missing: mode 0600, folders 0700. */
export const openAppendFile: OpenAppendFile = (path, done) => {
  mkdir(dirname(path), { recursive: true, mode: 0o700 }, (folderError) => {
    if (folderError !== null) done(folderError);
    else open(path, "wx", 0o600, (error, fd) => (error === null ? done(null, fileOf(fd)) : done(error)));
  });
};
