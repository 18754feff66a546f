// Finds the CALL of an answer: the last one before it with the same id, in the other direction, without an answer (as in
// Open OCPP Trace v1.1). At most `limit` CALLs are open in each direction, so that a peer that never answers costs bounded
// memory; the oldest are dropped first.

import { type Direction, opposite } from "../../base/direction.js";

/** A CALL without an answer, with any value that its user attaches. */
export interface OpenCall<Tag> {
  readonly id: string;
  readonly action: string;
  readonly tag: Tag;
}

/** Pairs the answers of one dialogue with its CALLs. */
export interface Pairer<Tag> {
  /** Adds a CALL in this direction. */
  call(direction: Direction, id: string, action: string, tag: Tag): void;
  /** Removes and returns the CALL of an answer in this direction. */
  answer(direction: Direction, id: string): OpenCall<Tag> | undefined;
  /** The open CALLs of a direction, oldest first. */
  open(direction: Direction): readonly OpenCall<Tag>[];
}

/** An open CALL in two linked lists: of all open CALLs, and of those with its id. */
interface Link<Tag> {
  readonly call: OpenCall<Tag>;
  older: Link<Tag> | undefined;
  newer: Link<Tag> | undefined;
  /** Used only while there is an index. */
  before: Link<Tag> | undefined;
  after: Link<Tag> | undefined;
}

/** Up to this many open CALLs are searched without an index; a peer that follows the protocol has one (OCPP-J 1.6 section 4.1.1). */
const few = 16;

/** The open CALLs of one direction, in their order. Used for every message, so it has to be fast. */
class OpenCalls<Tag> {
  private oldest: Link<Tag> | undefined;
  private newest: Link<Tag> | undefined;
  /** The newest open CALL of each id; undefined while there are only a few. */
  private index: Map<string, Link<Tag>> | undefined;
  count = 0;

  add(call: OpenCall<Tag>): void {
    const older = this.newest;
    const link: Link<Tag> = { call, older, newer: undefined, before: undefined, after: undefined };
    if (older === undefined) this.oldest = link;
    else older.newer = link;
    this.newest = link;
    this.count++;
    if (this.index !== undefined) enter(this.index, link);
    else if (this.count > few) this.index = this.indexed();
  }

  /** Removes and returns the newest CALL with this id. */
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

  private search(id: string): Link<Tag> | undefined {
    for (let one = this.newest; one !== undefined; one = one.older) if (one.call.id === id) return one;
    return undefined;
  }

  private indexed(): Map<string, Link<Tag>> {
    const index = new Map<string, Link<Tag>>();
    for (let one = this.oldest; one !== undefined; one = one.newer) enter(index, one);
    return index;
  }

  private remove(link: Link<Tag>): void {
    const { older, newer } = link;
    this.count--;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.newest = older;
    else newer.older = older;
    if (this.count === 0) this.index = undefined;
    else if (this.index !== undefined) leave(this.index, link);
  }
}

const enter = <Tag>(index: Map<string, Link<Tag>>, link: Link<Tag>): void => {
  const before = index.get(link.call.id);
  link.before = before;
  link.after = undefined;
  if (before !== undefined) before.after = link;
  index.set(link.call.id, link);
};

const leave = <Tag>(index: Map<string, Link<Tag>>, { call, before, after }: Link<Tag>): void => {
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
    open.add({ id, action, tag });
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

/** Makes a pairer; without a limit it drops nothing. */
export function createPairer<Tag>(limit: number = Number.POSITIVE_INFINITY): Pairer<Tag> {
  return new StackPairer<Tag>(limit);
}
