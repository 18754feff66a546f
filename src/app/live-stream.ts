// Items that are produced over time, as an asynchronous iterable: each `for await` loop gets every item from the moment it
// begins, and ends when the source ends. Bounded: a loop that does not keep up misses the oldest items.

/** How many items, and how many bytes, may wait for one loop. */
export interface StreamLimits {
  readonly items: number;
  readonly bytes: number;
}

const usualLimits: StreamLimits = { items: 100_000, bytes: 64 * 1024 * 1024 };

/** How a stream treats its items. */
export interface StreamParts<Item> {
  /** Bytes that an item holds while it waits. */
  readonly costOf: (item: Item) => number;
  /** Makes the item that a loop gets instead of those it missed, from the first of them and their number. Absent: none. */
  readonly standInFor?: (first: Item, count: number) => Item;
  readonly limits?: StreamLimits;
}

/** One loop over a stream. */
class Loop<Item> implements AsyncIterator<Item, undefined> {
  private readonly parts: StreamParts<Item>;
  private readonly onEnd: () => void;
  /** The waiting items begin at `head`. */
  private waiting: Item[] = [];
  private head = 0;
  private bytes = 0;
  private firstMissed: Item | undefined;
  private missed = 0;
  private isOver = false;
  private readers: ((result: IteratorResult<Item, undefined>) => void)[] = [];

  constructor(parts: StreamParts<Item>, onEnd: () => void) {
    this.parts = parts;
    this.onEnd = onEnd;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const value = this.take();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.readers.push(resolve));
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.waiting = [];
    this.head = 0;
    this.firstMissed = undefined;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  push(value: Item): void {
    const reader = this.readers.shift();
    if (reader !== undefined) {
      reader({ done: false, value });
      return;
    }
    this.waiting.push(value);
    this.bytes += this.parts.costOf(value);
    const { items, bytes } = this.parts.limits ?? usualLimits;
    if (this.waiting.length - this.head > items || this.bytes > bytes) this.dropHalf();
  }

  end(): void {
    this.isOver = true;
    this.onEnd();
    for (const reader of this.readers) reader({ done: true, value: undefined });
    this.readers = [];
  }

  private take(): Item | undefined {
    if (this.firstMissed !== undefined) {
      const standIn = this.parts.standInFor?.(this.firstMissed, this.missed);
      this.firstMissed = undefined;
      this.missed = 0;
      if (standIn !== undefined) return standIn;
    }
    const value = this.waiting[this.head];
    if (value === undefined) return undefined;
    this.head++;
    this.bytes -= this.parts.costOf(value);
    if (this.head * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.head);
      this.head = 0;
    }
    return value;
  }

  /** Drops the older half, so that dropping costs little for each item. */
  private dropHalf(): void {
    const until = this.head + Math.ceil((this.waiting.length - this.head) / 2);
    for (const value of this.waiting.slice(this.head, until)) {
      this.firstMissed ??= value;
      this.missed++;
      this.bytes -= this.parts.costOf(value);
    }
    this.waiting = this.waiting.slice(until);
    this.head = 0;
  }
}

/** A source of items for any number of loops. */
export class LiveStream<Item extends object> implements AsyncIterable<Item> {
  private readonly parts: StreamParts<Item>;
  private readonly loops = new Set<Loop<Item>>();
  private isOver = false;

  constructor(parts: StreamParts<Item>) {
    this.parts = parts;
  }

  /** Whether any loop runs. */
  get isRead(): boolean {
    return this.loops.size > 0;
  }

  /** Hands an item to every loop; returns at once. */
  push(item: Item): void {
    for (const loop of this.loops) loop.push(item);
  }

  /** Ends every loop once it has read what waits for it. */
  end(): void {
    this.isOver = true;
    for (const loop of [...this.loops]) loop.end();
  }

  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    const loop: Loop<Item> = new Loop<Item>(this.parts, () => this.loops.delete(loop));
    if (this.isOver) loop.end();
    else this.loops.add(loop);
    return loop;
  }
}
