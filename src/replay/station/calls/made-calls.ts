// CALLs that the plan does not have: a boot sent again, a message that the CSMS asked for. One at a time per
// connection and never while a CALL of the plan is open (OCPP-J 4.1.1); they stand outside of the named
// fingerprint and of the comparison. Bounded, whatever a CSMS asks for.

import { exactText, utf8 } from "../../../base/bytes.js";
import { fitsPath, leavesOf, splice } from "../../../ocpp/json/spans.js";
import { opcodes, payloadOf, readFrame } from "../../../wire/websocket/frame.js";
import { ownFrame } from "../../plan/outgoing.js";
import { withId } from "../../plan/values/slots.js";

/** What an answer to a made CALL belongs to. */
export type MadeFor = "boot" | "trigger";

interface Made {
  readonly connection: number;
  readonly what: MadeFor;
  readonly bytes: Uint8Array;
  readonly idle: boolean;
}

/** What a CSMS can make a station say in a run. */
const mostAskedFor = 100;

/** The message with the status that says that nothing is under way (1.6 section 7.24, 2.x F06). */
const asIdle = (text: string): string => {
  const status = leavesOf(text).find(({ path }) => fitsPath(path, [3, "status"]));
  return status === undefined
    ? text
    : splice(text, [{ offset: status.offset, length: status.length, put: '"Idle"' }]);
};

/** Keeps the CALLs that are made up. */
export class MadeCalls {
  private readonly waiting: Made[] = [];
  /** The one that has no answer yet, per connection, by its id. */
  private readonly open = new Map<number, { readonly id: string; readonly what: MadeFor }>();
  /** The id of a made CALL, from a name that is different each time. */
  private readonly idOf: (connection: number, name: string) => string;
  private count = 0;
  private askedFor = 0;

  constructor(idOf: (connection: number, name: string) => string = (_connection, name) => name) {
    this.idOf = idOf;
  }

  /** Whether one more may be asked for by the CSMS. */
  get isWilling(): boolean {
    return this.askedFor < mostAskedFor;
  }

  /** The CSMS asked for one. */
  wasAsked(): void {
    this.askedFor++;
  }

  /** Takes a copy of a message, under an id of its own, to be sent when the connection is free. */
  add(connection: number, what: MadeFor, bytes: Uint8Array, idle = false): void {
    this.waiting.push({ connection, what, bytes, idle });
  }

  /** The next one for this connection, under its id; undefined while there is none or one is open. */
  take(connection: number): Uint8Array | undefined {
    if (this.open.has(connection)) return undefined;
    const at = this.waiting.findIndex((made) => made.connection === connection);
    const made = at < 0 ? undefined : this.waiting.splice(at, 1)[0];
    const frame = made === undefined ? undefined : readFrame(made.bytes);
    const text = frame === undefined ? undefined : exactText(payloadOf(frame));
    if (made === undefined || text === undefined) return undefined;
    const id = this.idOf(connection, `vcr-${++this.count}`);
    this.open.set(connection, { id, what: made.what });
    const said = withId(made.idle ? asIdle(text) : text, JSON.stringify(id));
    return ownFrame(opcodes.text, utf8(said));
  }

  /** Whether something is to be sent that can be sent now. */
  isDue(connection: number): boolean {
    return !this.open.has(connection) && this.waiting.some((made) => made.connection === connection);
  }

  /** Whether an answer is waited for. */
  isOpen(connection: number): boolean {
    return this.open.has(connection);
  }

  /** Takes an answer; tells what the CALL was made for, undefined where it answers none. */
  answered(connection: number, id: string): MadeFor | undefined {
    const open = this.open.get(connection);
    if (open?.id !== id) return undefined;
    this.open.delete(connection);
    return open.what;
  }

  /** Stops waiting for answers; gives their number. */
  giveUp(): number {
    const count = this.open.size;
    this.open.clear();
    return count;
  }

  /** A connection is over: nothing more is sent or awaited there. */
  lose(connection: number): void {
    this.open.delete(connection);
    const left = this.waiting.filter((made) => made.connection !== connection);
    this.waiting.splice(0, this.waiting.length, ...left);
  }
}
