// Which CALL an answer belongs to: the most recent preceding CALL with the same id, of the opposite direction,
// that has no answer yet (Open OCPP Trace v1.1). A live dialogue may keep at most `limit` open CALLs a
// direction, so that a peer that never answers costs bounded memory; the oldest are forgotten first.

import { type Direction, opposite } from "../../base/direction.js";

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

/** An open CALL between all others, and between those with its id. */
interface Noted<Tag> {
  readonly call: OpenCall<Tag>;
  older: Noted<Tag> | undefined;
  newer: Noted<Tag> | undefined;
  /** Kept once there are so many that an index is worth while. */
  before: Noted<Tag> | undefined;
  after: Noted<Tag> | undefined;
}

/** Up to so many open CALLs are looked through; a peer that keeps to the rules has one (OCPP-J 1.6 section 4.1.1). */
const few = 16;

/** The open CALLs of one direction, in their order; every message passes here. */
class OpenCalls<Tag> {
  private oldest: Noted<Tag> | undefined;
  private newest: Noted<Tag> | undefined;
  /** The newest by id, once there are more than a few. */
  private index: Map<string, Noted<Tag>> | undefined;
  count = 0;

  note(call: OpenCall<Tag>): void {
    const older = this.newest;
    const noted: Noted<Tag> = { call, older, newer: undefined, before: undefined, after: undefined };
    if (older === undefined) this.oldest = noted;
    else older.newer = noted;
    this.newest = noted;
    this.count++;
    if (this.index !== undefined) enter(this.index, noted);
    else if (this.count > few) this.index = this.indexed();
  }

  /** Takes out the newest with this id. */
  take(id: string): OpenCall<Tag> | undefined {
    const found = this.index === undefined ? this.search(id) : this.index.get(id);
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

  private search(id: string): Noted<Tag> | undefined {
    for (let one = this.newest; one !== undefined; one = one.older) if (one.call.id === id) return one;
    return undefined;
  }

  private indexed(): Map<string, Noted<Tag>> {
    const index = new Map<string, Noted<Tag>>();
    for (let one = this.oldest; one !== undefined; one = one.newer) enter(index, one);
    return index;
  }

  private remove(noted: Noted<Tag>): void {
    const { older, newer } = noted;
    this.count--;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.newest = older;
    else newer.older = older;
    if (this.count === 0) this.index = undefined;
    else if (this.index !== undefined) leave(this.index, noted);
  }
}

const enter = <Tag>(index: Map<string, Noted<Tag>>, noted: Noted<Tag>): void => {
  const before = index.get(noted.call.id);
  noted.before = before;
  noted.after = undefined;
  if (before !== undefined) before.after = noted;
  index.set(noted.call.id, noted);
};

const leave = <Tag>(index: Map<string, Noted<Tag>>, { call, before, after }: Noted<Tag>): void => {
  if (before !== undefined) before.after = after;
  if (after !== undefined) after.before = before;
  else if (before !== undefined) index.set(call.id, before);
  else index.delete(call.id);
};

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
