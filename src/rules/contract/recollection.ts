// The last messages of one type and action on a connection, for faults that send them again. Their number and size are
// bounded.

/** The last messages of one type and action. */
export interface Recollection {
  /** Remembers a message. */
  note(bytes: Uint8Array): void;
  /** The message so many back; 1 is the last one. */
  earlier(back: number): Uint8Array | undefined;
}

/** How many messages are remembered. */
export const mostRemembered = 16;

const mostBytes = 256 * 1024;

/** Makes a recollection without messages. */
export function recollect(): Recollection {
  let kept: Uint8Array[] = [];
  return {
    note: (bytes) => {
      if (bytes.length > mostBytes) return;
      // A copy, because a view would keep the whole chunk that was read.
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
