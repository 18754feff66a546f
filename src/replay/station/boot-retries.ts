// A boot that was answered Pending or Rejected where the recording has Accepted: it is sent again after the interval of
// the answer (1.6 section 4.2, 2.x B02 and B03), a few times. Numbers in, numbers out.

import { nsPerMs } from "../../base/time.js";
import { numberAt, textAt } from "../../ocpp/payload.js";
import type { ReceivedAnswer } from "../received-message.js";

/** How often a boot is sent again at most. */
export const mostBoots = 5;

/** What a station waits where the interval is 0, which leaves the choice to the station. */
const ownIntervalS = 10;

/** What an answer to a boot leads to. */
export type BootDecision = "accepted" | "again" | "given up";

interface Retry {
  readonly step: number;
  readonly connection: number;
  readonly dueNs: number;
  readonly isSent: boolean;
}

/** Follows a boot until it is accepted or given up. */
export class BootRetries {
  private readonly longestMs: number;
  private retry: Retry | undefined;
  private tries = 0;

  constructor(longestMs: number) {
    this.longestMs = longestMs;
  }

  /** Takes the answer to a boot, whether of the plan or sent again. */
  answered(step: number, { payload, connection, atNs }: ReceivedAnswer): BootDecision {
    const status = textAt(payload, "status");
    this.retry = undefined;
    if (status === "Accepted") return "accepted";
    if ((status !== "Pending" && status !== "Rejected") || this.tries >= mostBoots) return "given up";
    this.tries++;
    const interval = numberAt(payload, "interval") ?? 0;
    const ms = Math.min((interval > 0 ? interval : ownIntervalS) * 1000, this.longestMs);
    this.retry = { step, connection, dueNs: atNs + ms * nsPerMs, isSent: false };
    return "again";
  }

  /** The boot that waits for its time or for its answer. */
  get current(): Retry | undefined {
    return this.retry;
  }

  /** The boot has been sent again. */
  sent(): void {
    if (this.retry !== undefined) this.retry = { ...this.retry, isSent: true };
  }

  /** Stops trying. */
  giveUp(): void {
    this.retry = undefined;
  }
}
