// CALLs that the plan does not have: a boot sent again, a message that the CSMS asked for. One at a time per connection
// and never while a CALL of the plan is open (OCPP-J 1.6 section 4.1.1). They count neither in the fingerprint nor in the
// comparison. Their number is bounded, however much a CSMS asks for.

import { exactText, utf8 } from "../../../base/bytes.js";
import { leavesOf, matchesPath, splice } from "../../../ocpp/json/spans.js";
import { opcodes, payloadOf, readFrame } from "../../../wire/websocket/frame.js";
import { ownFrame } from "../../plan/outgoing.js";
import { withId } from "../../plan/values/slots.js";

/** What an extra CALL is sent for. */
export type ExtraCallPurpose = "boot" | "trigger";

interface ExtraCall {
  readonly connection: number;
  readonly what: ExtraCallPurpose;
  readonly bytes: Uint8Array;
  readonly idle: boolean;
}

/** The most messages that a CSMS can ask for in a run. */
const maxRequested = 100;

/** The message with the status Idle: nothing is in progress (1.6 section 7.24, 2.x F06). */
const asIdle = (text: string): string => {
  const status = leavesOf(text).find(({ path }) => matchesPath(path, [3, "status"]));
  return status === undefined
    ? text
    : splice(text, [{ offset: status.offset, length: status.length, put: '"Idle"' }]);
};

/** Queues the extra CALLs and follows their answers. */
export class ExtraCalls {
  private readonly waiting: ExtraCall[] = [];
  /** By connection: the CALL that has no answer yet. */
  private readonly open = new Map<number, { readonly id: string; readonly what: ExtraCallPurpose }>();
  /** Makes a message id from a name that is different each time. */
  private readonly idOf: (connection: number, name: string) => string;
  private count = 0;
  private requested = 0;

  constructor(idOf: (connection: number, name: string) => string = (_connection, name) => name) {
    this.idOf = idOf;
  }

  /** Whether the CSMS may ask for one more message. */
  get mayAdd(): boolean {
    return this.requested < maxRequested;
  }

  /** Counts a message that the CSMS asked for. */
  countRequest(): void {
    this.requested++;
  }

  /** Queues a copy of a message; it gets an id of its own and is sent when the connection is free. */
  add(connection: number, what: ExtraCallPurpose, bytes: Uint8Array, idle = false): void {
    this.waiting.push({ connection, what, bytes, idle });
  }

  /** Takes the next CALL for this connection out of the queue; undefined while there is none or one is open. */
  take(connection: number): Uint8Array | undefined {
    if (this.open.has(connection)) return undefined;
    const index = this.waiting.findIndex((made) => made.connection === connection);
    const made = index < 0 ? undefined : this.waiting.splice(index, 1)[0];
    const frame = made === undefined ? undefined : readFrame(made.bytes);
    const text = frame === undefined ? undefined : exactText(payloadOf(frame));
    if (made === undefined || text === undefined) return undefined;
    const id = this.idOf(connection, `vcr-${++this.count}`);
    this.open.set(connection, { id, what: made.what });
    const renamed = withId(made.idle ? asIdle(text) : text, JSON.stringify(id));
    return ownFrame(opcodes.text, utf8(renamed));
  }

  /** Whether a CALL is queued that can be sent now. */
  isDue(connection: number): boolean {
    return !this.open.has(connection) && this.waiting.some((made) => made.connection === connection);
  }

  /** Whether a CALL has no answer yet. */
  isOpen(connection: number): boolean {
    return this.open.has(connection);
  }

  /** Takes an answer; gives what its CALL was sent for, or undefined if it answers none of these. */
  answered(connection: number, id: string): ExtraCallPurpose | undefined {
    const open = this.open.get(connection);
    if (open?.id !== id) return undefined;
    this.open.delete(connection);
    return open.what;
  }

  /** Stops waiting for answers; gives how many were waited for. */
  giveUp(): number {
    const count = this.open.size;
    this.open.clear();
    return count;
  }

  /** A connection is over: drops its CALLs. */
  dropConnection(connection: number): void {
    this.open.delete(connection);
    const left = this.waiting.filter((made) => made.connection !== connection);
    this.waiting.splice(0, this.waiting.length, ...left);
  }
}
