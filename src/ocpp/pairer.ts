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

class StackPairer<Tag> implements Pairer<Tag> {
  private readonly calls: Record<Direction, OpenCall<Tag>[]> = { "cp-to-csms": [], "csms-to-cp": [] };
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  call(direction: Direction, id: string, action: string, tag: Tag): void {
    const open = this.calls[direction];
    open.push({ id, action, tag });
    if (open.length > this.limit) open.shift();
  }

  answer(direction: Direction, id: string): OpenCall<Tag> | undefined {
    const open = this.calls[opposite(direction)];
    const at = open.findLastIndex((call) => call.id === id);
    return at < 0 ? undefined : open.splice(at, 1)[0];
  }

  open(direction: Direction): readonly OpenCall<Tag>[] {
    return this.calls[direction];
  }
}

/** Makes a pairer; without a limit it forgets nothing. */
export function createPairer<Tag>(limit: number = Number.POSITIVE_INFINITY): Pairer<Tag> {
  return new StackPairer<Tag>(limit);
}
