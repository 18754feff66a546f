// The last messages of one kind on a connection, for faults that bring them back: few, and of bounded size.

/** Remembers the last messages. */
export interface Recollection {
  /** Takes note of a message. */
  note(bytes: Uint8Array): void;
  /** The message so many before; 1 is the last one. */
  earlier(back: number): Uint8Array | undefined;
}

/** How many messages are remembered. */
export const mostRemembered = 16;

const mostBytes = 256 * 1024;

/** Begins to remember. */
export function recollect(): Recollection {
  let kept: Uint8Array[] = [];
  return {
    note: (bytes) => {
      if (bytes.length > mostBytes) return;
      // A copy, for a view would keep the whole chunk that was read.
      kept.push(bytes.slice());
      let room = mostBytes;
      kept = kept.slice(-mostRemembered);
      const from = kept.findLastIndex((message) => {
        room -= message.length;
        return room < 0;
      });
      kept = kept.slice(from + 1);
    },
    earlier: (back) => kept[kept.length - back],
  };
}
