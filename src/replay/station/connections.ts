// The connections of a run: dialled, accepted, refused, ended. The station decides when; what is sent on them is in
// dialogue.

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

/** What connections are made with. */
export interface ConnectionOptions {
  readonly target: DialTarget;
  /** Frames of the CSMS with a larger payload are left out, in bytes. */
  readonly maxFrame: number;
  readonly sha256: Sha256;
  /** Takes the secrets out of a head for the transcript. */
  readonly hideHead: (head: Uint8Array) => StoredHead;
}

/** How often in a row, and for how long at most, a CSMS that asks to be dialled again later is waited for. */
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
  private readonly noted = new Set<string>();
  private opened = 0;
  /** How often in a row the CSMS asked to be dialled again later. */
  private retries = 0;
  /** When the CSMS may be dialled again, in nanoseconds since the run's start. */
  retryAtNs = 0;

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

  /** Whether any connection is open. */
  get isAnyOpen(): boolean {
    return [...this.links.values()].some(({ state }) => state === "open");
  }

  /** Begins to dial. */
  dial(step: DialStep): void {
    const { target, sha256, hideHead } = this.options;
    const key = toBase64(utf8(sha256(utf8(`${step.identity} ${step.connection}`)).slice(0, 16)));
    const { head, notes } = upgradeRequest(step, target, key);
    for (const note of notes) this.noteOnce(note);
    const identity = target.identity ?? step.identity;
    this.links.set(step.connection, new Link(step, identity, hideHead(head), this.output));
    this.output.push({ kind: "dial", connection: step.connection, head });
  }

  /** The CSMS accepted an upgrade; gives whether that was waited for. */
  dialled(connection: number, head: Uint8Array, atNs: number): boolean {
    const link = this.links.get(connection);
    if (link?.state !== "dialling") return false;
    this.opened++;
    this.retries = 0;
    this.dialogue.values.learnHeadDate(httpDateMs(fieldValue(parseHead(head), "date") ?? ""));
    link.open(this.opened, this.options.hideHead(head), atNs, this.options.maxFrame);
    if (link.step.refusal === undefined) return true;
    this.dialogue.upgradeCompared(link.step, link.step.refusal, 101);
    link.closeOurs(atNs);
    link.endOurs(atNs);
    this.dialogue.dropLink(link);
    return true;
  }

  /** The CSMS refused, or could not be reached; gives the reason if that ends the run, else "". */
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

  /** Whether the CSMS is dialled again after the time that it asked for; sets that time. */
  private isToRetry({ status, retryAfterMs, atNs }: Refused): boolean {
    if (retryAfterMs === undefined || !busy.includes(status) || this.retries >= mostRetries) return false;
    if (retryAfterMs > longestRetryMs) return false;
    this.retries++;
    this.retryAtNs = atNs + retryAfterMs * 1e6;
    const seconds = Math.ceil(retryAfterMs / 1000);
    this.output.note(
      "retry",
      `the CSMS answered ${status} and asks to be dialled again in ${seconds} s; the replay waits`,
    );
    return true;
  }

  /** Dialling has timed out; gives the reason if that ends the run, else "". */
  abandonDials(atNs: number): string {
    const words = "the upgrade was not answered in time";
    const base = { kind: "refused", atNs, by: "network", status: null, reason: words } as const;
    let reason = "";
    for (const [connection, link] of this.links) {
      if (link.state !== "dialling") continue;
      this.output.push({ kind: "reset", connection });
      reason = this.refused({ ...base, connection, head: null, body: noBytes }) || reason;
    }
    return reason;
  }

  /** Notes what was changed in a head once, though the head is sent again on every dial. */
  private noteOnce(note: string): void {
    if (this.noted.has(note)) return;
    this.noted.add(note);
    this.output.note("upgrade", note);
  }

  /** The CSMS has ended its half of a stream, or reset the connection. */
  ended(connection: number, how: "end" | "reset", atNs: number): void {
    const link = this.links.get(connection);
    if (link === undefined || !link.wasOpen) return;
    this.dialogue.endedByCsms(link, how === "reset" ? "a reset" : "without a close frame");
    link.endTheirs(how, atNs);
    this.dialogue.dropLink(link);
  }

  /** The CSMS has had its time to answer the ends of connections. */
  endClosing(atNs: number): void {
    for (const link of this.links.values()) {
      if (link.state !== "closing") continue;
      link.endOurs(atNs);
      link.recordClosed(atNs);
      this.dialogue.dropLink(link);
    }
  }

  /** Closes every connection that is open. */
  closeAll(atNs: number): void {
    for (const link of this.links.values()) {
      if (link.state === "open") link.closeOurs(atNs);
      link.endOurs(atNs);
    }
  }
}
