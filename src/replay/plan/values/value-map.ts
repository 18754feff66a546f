// Recorded values and what replaces them at the target of a replay: identities, id tags. Values can be named one by one; all
// others get replacements in the order in which they are met, and a recorded value always gets the same one.

/** The replacements that a user gives. */
export interface ValueMap {
  readonly named: ReadonlyMap<string, string>;
  /** For all others: one value for all (`{n}` in it is a counter), or a list that is used up in order; empty keeps them. */
  readonly others: readonly string[];
}

/** A map that keeps every value. */
export const noValueMap: ValueMap = { named: new Map(), others: [] };

const counter = "{n}";

/** Deals out replacements; one dealer serves all cassettes of a command. */
export class Dealer {
  private readonly map: ValueMap;
  private readonly fold: (value: string) => string;
  private readonly given = new Map<string, string>();
  private readonly taken: Set<string>;
  private readonly missed = new Set<string>();
  private next = 0;

  /** `isCaseBlind`: values that differ only in case are the same. */
  constructor(map: ValueMap, isCaseBlind = false) {
    this.map = map;
    this.fold = isCaseBlind ? (value) => value.toLowerCase() : (value) => value;
    this.taken = new Set(map.named.values());
    for (const [recorded, live] of map.named) this.given.set(this.fold(recorded), live);
  }

  /** The replacement of a recorded value; undefined where it is kept. */
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

  /** Recorded values that the list had no replacement left for. */
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
      // A replacement that is named for one value is not dealt out to another.
      if (!this.taken.has(live)) return live;
    }
  }
}
