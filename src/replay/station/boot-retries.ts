// A boot that was answered Pending or Rejected where the recording has Accepted: the interval of the answer is
// waited, then the boot is sent again (1.6 section 4.2, 2.x B02 and B03), a few times. Numbers in, numbers out.

import { nsPerMs } from "../../base/time.js";
import { numberAt, textAt } from "../../ocpp/payload.js";
import type { ReceivedAnswer } from "../received-message.js";

/** How often a boot is sent again. */
export const mostBoots = 5;

/** What a station waits where the interval is 0 and the choice is its own. */
const ownIntervalS = 10;

/** What an answer to a boot leads to. */
export type BootDecision = "accepted" | "again" | "given up";

interface Retry {
  readonly step: number;
  readonly connection: number;
  readonly due: number;
  readonly isSent: boolean;
}

/** Keeps the boot that has to be accepted. */
export class BootRetries {
  private readonly longestMs: number;
  private retry: Retry | undefined;
  private tries = 0;

  constructor(longestMs: number) {
    this.longestMs = longestMs;
  }

  /** Takes the answer to a boot, of the plan's or one sent again. */
  answered(step: number, { payload, connection, atNs }: ReceivedAnswer): BootDecision {
    const status = textAt(payload, "status");
    this.retry = undefined;
    if (status === "Accepted") return "accepted";
    if ((status !== "Pending" && status !== "Rejected") || this.tries >= mostBoots) return "given up";
    this.tries++;
    const interval = numberAt(payload, "interval") ?? 0;
    const ms = Math.min((interval > 0 ? interval : ownIntervalS) * 1000, this.longestMs);
    this.retry = { step, connection, due: atNs + ms * nsPerMs, isSent: false };
    return "again";
  }

  /** The boot that waits for its time, or for its answer. */
  get current(): Retry | undefined {
    return this.retry;
  }

  /** Its time has come. */
  sent(): void {
    if (this.retry !== undefined) this.retry = { ...this.retry, isSent: true };
  }

  /** Nothing more comes of it. */
  giveUp(): void {
    this.retry = undefined;
  }
}
