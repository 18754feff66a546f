// Which CALL an answer belongs to: the most recent preceding CALL with the same id, of the opposite direction,
// that has no answer yet (Open OCPP Trace v1.1). A live dialogue may keep at most `limit` open CALLs a
// direction, so that a peer that never answers costs bounded memory; the oldest are forgotten first.

import { type Direction, opposite } from "../base/direction.js";

/** An open CALL, with whatever the caller wants to find again. */
export interface OpenCall<Tag> {
  readonly id: string;
  readonly action: string;
  readonly tag: Tag;
}

/** Pairs the answers of one dialogue with its CALLs. */
export interface Pairer<Tag> {
  /** Notes a CALL that passed in this direction. */
  call(direction: Direction, id: string, action: string, tag: Tag): void;
  /** Finds and closes the CALL that an answer passing in this direction belongs to. */
  answer(direction: Direction, id: string): OpenCall<Tag> | undefined;
  /** The open CALLs of a direction, oldest first. */
  open(direction: Direction): readonly OpenCall<Tag>[];
}

/** An open CALL between the others with its id, and between all others. */
interface Noted<Tag> {
  readonly call: OpenCall<Tag>;
  before: Noted<Tag> | undefined;
  after: Noted<Tag> | undefined;
  older: Noted<Tag> | undefined;
  newer: Noted<Tag> | undefined;
}

/** The open CALLs of one direction: by id, and as a list, because every message passes here. */
class OpenCalls<Tag> {
  private readonly newestOf = new Map<string, Noted<Tag>>();
  private oldest: Noted<Tag> | undefined;
  private newest: Noted<Tag> | undefined;
  count = 0;

  note(call: OpenCall<Tag>): void {
    const before = this.newestOf.get(call.id);
    const noted = { call, before, after: undefined, older: this.newest, newer: undefined };
    if (before !== undefined) before.after = noted;
    if (this.newest === undefined) this.oldest = noted;
    else this.newest.newer = noted;
    this.newest = noted;
    this.newestOf.set(call.id, noted);
    this.count++;
  }

  /** Takes out the newest with this id. */
  take(id: string): OpenCall<Tag> | undefined {
    const found = this.newestOf.get(id);
    if (found === undefined) return undefined;
    this.remove(found);
    return found.call;
  }

  forgetOldest(): void {
    if (this.oldest !== undefined) this.remove(this.oldest);
  }

  list(): readonly OpenCall<Tag>[] {
    const calls: OpenCall<Tag>[] = [];
    for (let one = this.oldest; one !== undefined; one = one.newer) calls.push(one.call);
    return calls;
  }

  private remove({ call, before, after, older, newer }: Noted<Tag>): void {
    this.count--;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.newest = older;
    else newer.older = older;
    if (before !== undefined) before.after = after;
    if (after !== undefined) after.before = before;
    else if (before !== undefined) this.newestOf.set(call.id, before);
    else this.newestOf.delete(call.id);
  }
}

class StackPairer<Tag> implements Pairer<Tag> {
  private readonly up = new OpenCalls<Tag>();
  private readonly down = new OpenCalls<Tag>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  call(direction: Direction, id: string, action: string, tag: Tag): void {
    const open = this.callsOf(direction);
    open.note({ id, action, tag });
    if (open.count > this.limit) open.forgetOldest();
  }

  answer(direction: Direction, id: string): OpenCall<Tag> | undefined {
    return this.callsOf(opposite(direction)).take(id);
  }

  open(direction: Direction): readonly OpenCall<Tag>[] {
    return this.callsOf(direction).list();
  }

  private callsOf(direction: Direction): OpenCalls<Tag> {
    return direction === "cp-to-csms" ? this.up : this.down;
  }
}

/** Makes a pairer; without a limit it forgets nothing. */
export function createPairer<Tag>(limit: number = Number.POSITIVE_INFINITY): Pairer<Tag> {
  return new StackPairer<Tag>(limit);
}
