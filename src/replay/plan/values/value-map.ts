// Recorded values and what stands for them where a replay goes: identities, id tags. Named ones first; all others are
// dealt out in the order in which they are met, each recorded value always getting the same. Data and counting alone;
// where such values stand in messages is told in mapped-values.

/** What is said about recorded values. */
export interface ValueMap {
  readonly named: ReadonlyMap<string, string>;
  /** For all others: one word for all of them (`{n}` in it counts), or several used in their order; empty keeps them. */
  readonly others: readonly string[];
}

/** A map that keeps every value. */
export const noValueMap: ValueMap = { named: new Map(), others: [] };

const counter = "{n}";

/** Deals values out; one dealer serves all cassettes of a command. */
export class Dealer {
  private readonly map: ValueMap;
  private readonly fold: (value: string) => string;
  private readonly given = new Map<string, string>();
  private readonly taken: Set<string>;
  private readonly missed = new Set<string>();
  private next = 0;

  /** `isCaseBlind`: values that differ in case alone are the same one. */
  constructor(map: ValueMap, isCaseBlind = false) {
    this.map = map;
    this.fold = isCaseBlind ? (value) => value.toLowerCase() : (value) => value;
    this.taken = new Set(map.named.values());
    for (const [recorded, live] of map.named) this.given.set(this.fold(recorded), live);
  }

  /** What stands for a recorded value; undefined where it is kept. */
  liveFor(recorded: string): string | undefined {
    const key = this.fold(recorded);
    const known = this.given.get(key);
    if (known !== undefined) return known;
    if (this.map.others.length === 0) return undefined;
    const dealt = this.deal();
    if (dealt === undefined) this.missed.add(recorded);
    else this.given.set(key, dealt);
    return dealt;
  }

  /** Values that nothing was left for. */
  get short(): readonly string[] {
    return [...this.missed];
  }

  private deal(): string | undefined {
    const [first = "", ...more] = this.map.others;
    if (more.length === 0 && !first.includes(counter)) return first;
    for (;;) {
      this.next++;
      const word = more.length === 0 ? first : this.map.others[this.next - 1];
      if (word === undefined) return undefined;
      const live = word.replaceAll(counter, String(this.next));
      // A value that the map names for somebody is not dealt to anybody else.
      if (!this.taken.has(live)) return live;
    }
  }
}
