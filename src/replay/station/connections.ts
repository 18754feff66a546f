// The connections of a run: dialled, accepted, refused, ended. Which of them is dialled or ended when is the
// station's decision; what is said on them is the dialogue's.

import { noBytes, utf8 } from "../../base/bytes.js";
import type { StoredHead } from "../../cassette/format/entry.js";
import { toBase64 } from "../../text/base64.js";
import { fieldValue, parseHead } from "../../wire/http/head.js";
import type { DialStep } from "../plan/plan.js";
import { httpDateMs } from "../plan/values/times.js";
import type { StationEvent } from "../protocol.js";
import type { Dialogue } from "./dialogue.js";
import { Link } from "./link/link.js";
import { type DialTarget, upgradeRequest } from "./link/upgrade.js";
import type { Sha256 } from "./run/fingerprint.js";
import type { StationOutput } from "./run/station-output.js";

/** What the connections need to be made. */
export interface ConnectionOptions {
  readonly target: DialTarget;
  /** Frames of the CSMS with a larger payload are left out, in bytes. */
  readonly maxFrame: number;
  readonly sha256: Sha256;
  /** Takes the secrets out of a head before it is recorded. */
  readonly hideHead: (head: Uint8Array) => StoredHead;
}

/** How often, and how long at most, a CSMS that asks for patience is given it. */
const mostRetries = 5;
const longestRetryMs = 300_000;
const busy: readonly (number | null)[] = [429, 503];

type Refused = StationEvent & { readonly kind: "refused" };

/** Keeps the connections. */
export class Connections {
  private readonly options: ConnectionOptions;
  private readonly dialogue: Dialogue;
  private readonly output: StationOutput;
  private readonly links = new Map<number, Link>();
  private readonly told = new Set<string>();
  private opened = 0;
  /** How often the CSMS asked to be dialled again later in a row. */
  private retries = 0;
  /** When it may be dialled again. */
  retryAt = 0;

  constructor(options: ConnectionOptions, dialogue: Dialogue, output: StationOutput) {
    this.options = options;
    this.dialogue = dialogue;
    this.output = output;
  }

  get(connection: number): Link | undefined {
    return this.links.get(connection);
  }

  get all(): Iterable<Link> {
    return this.links.values();
  }

  /** Whether the CSMS can say something anywhere. */
  get isAnyOpen(): boolean {
    return [...this.links.values()].some(({ state }) => state === "open");
  }

  /** Begins to dial. */
  dial(step: DialStep): void {
    const { target, sha256, hideHead } = this.options;
    const key = toBase64(utf8(sha256(utf8(`${step.identity} ${step.connection}`)).slice(0, 16)));
    const { head, notes } = upgradeRequest(step, target, key);
    for (const note of notes) this.tellOnce(note);
    const identity = target.identity ?? step.identity;
    this.links.set(step.connection, new Link(step, identity, hideHead(head), this.output));
    this.output.push({ kind: "dial", connection: step.connection, head });
  }

  /** The CSMS accepted; tells whether that was waited for. */
  dialled(connection: number, head: Uint8Array, at: number): boolean {
    const link = this.links.get(connection);
    if (link?.state !== "dialling") return false;
    this.opened++;
    this.retries = 0;
    this.dialogue.values.hearHead(httpDateMs(fieldValue(parseHead(head), "date") ?? ""));
    link.open(this.opened, this.options.hideHead(head), at, this.options.maxFrame);
    if (link.step.refusal === undefined) return true;
    this.dialogue.upgradeCompared(link.step, link.step.refusal, 101);
    link.closeOurs(at);
    link.endOurs(at);
    this.dialogue.lose(link);
    return true;
  }

  /** It did not come about; gives the reason where that ends the run. */
  refused(event: Refused): string {
    const link = this.links.get(event.connection);
    if (link?.state !== "dialling") return "";
    link.refuse(event, event.head === null ? null : this.options.hideHead(event.head));
    const { refusal } = link.step;
    if (event.status !== null && refusal !== undefined)
      this.dialogue.upgradeCompared(link.step, refusal, event.status);
    else if (this.isToRetry(event)) this.links.delete(event.connection);
    else if (this.opened === 0) return event.reason;
    else this.output.note("refused", `the CSMS did not accept the connection: ${event.reason}`);
    return "";
  }

  /** Whether the CSMS shall be dialled again when the time that it asked for is over. */
  private isToRetry({ status, retryAfterMs, at }: Refused): boolean {
    if (retryAfterMs === undefined || !busy.includes(status) || this.retries >= mostRetries) return false;
    if (retryAfterMs > longestRetryMs) return false;
    this.retries++;
    this.retryAt = at + retryAfterMs * 1e6;
    const seconds = Math.ceil(retryAfterMs / 1000);
    this.output.note(
      "retry",
      `the CSMS answered ${status} and asks to come back in ${seconds} s; it is waited for`,
    );
    return true;
  }

  /** Nothing came of dialling; gives the reason where that ends the run. */
  abandonDials(at: number): string {
    const words = "the upgrade was not answered in time";
    const base = { kind: "refused", at, by: "network", status: null, reason: words } as const;
    let reason = "";
    for (const [connection, link] of this.links) {
      if (link.state !== "dialling") continue;
      this.output.push({ kind: "reset", connection });
      reason = this.refused({ ...base, connection, head: null, body: noBytes }) || reason;
    }
    return reason;
  }

  /** A head is sent again where the CSMS asks for patience, and on every connection. */
  private tellOnce(note: string): void {
    if (this.told.has(note)) return;
    this.told.add(note);
    this.output.note("upgrade", note);
  }

  /** The CSMS's half of a stream is over. */
  ended(connection: number, how: "end" | "reset", at: number): void {
    const link = this.links.get(connection);
    if (link === undefined || !link.wasOpen) return;
    this.dialogue.endedByCsms(link, how === "reset" ? "a reset" : "without a close frame");
    link.endTheirs(how, at);
    this.dialogue.lose(link);
  }

  /** The CSMS had its time to end its half of what we closed. */
  endClosing(at: number): void {
    for (const link of this.links.values()) {
      if (link.state !== "closing") continue;
      link.endOurs(at);
      link.recordClosed(at);
      this.dialogue.lose(link);
    }
  }

  /** Says goodbye on everything that is open. */
  closeAll(at: number): void {
    for (const link of this.links.values()) {
      if (link.state === "open") link.closeOurs(at);
      link.endOurs(at);
    }
  }
}
