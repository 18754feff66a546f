// How chargers reach the proxy and how it asks the CSMS for them: whose a connection is, what a charger is called, and
// which target it is given. Decisions stand in wire/ and relay/; what is said once in a run is remembered here.

import { addressOf, forwardedFor, withForwardedFor } from "../../wire/http/forwarded.js";
import type { Head } from "../../wire/http/head.js";
import { type IdentitySource, lastSegment, nameCharger } from "../../wire/http/identity-source.js";
import { beginsWithBase, type PathRule, targetAtCsms } from "../../wire/http/target.js";
import { LoopWatch } from "./loop-watch.js";

/** What becomes of addresses that proxies hand on. */
export type Forwarded = "off" | "add" | "trust";

/** How chargers come and how the CSMS is asked. */
export interface AddressingOptions {
  readonly path?: PathRule;
  readonly identityFrom?: IdentitySource;
  readonly forwarded?: Forwarded;
  /** Says something to the person who runs the proxy. */
  readonly say?: (line: string) => void;
}

/** The reach of one proxy, over all its listeners. */
export class ChargerAddressing {
  readonly loops: LoopWatch = new LoopWatch();
  readonly forwarded: Forwarded;
  private readonly path: PathRule;
  private readonly identityFrom: IdentitySource;
  private readonly say: (line: string) => void;
  private saidBase = false;

  constructor(options: AddressingOptions = {}) {
    this.path = options.path ?? { kind: "append" };
    this.identityFrom = options.identityFrom ?? lastSegment;
    this.forwarded = options.forwarded ?? "off";
    this.say = options.say ?? (() => undefined);
  }

  /** Whose request this is: what trusted proxies say, else the socket's peer. */
  originOf(head: Head, peer: string): string {
    const address = this.forwarded === "trust" ? forwardedFor(head) : undefined;
    if (address === undefined) return peer;
    return /^[^[]*:.*:/.test(address) ? `[${address}]` : address;
  }

  /** The charger's name, as its head and its certificate give it; undefined where they do not. */
  nameOf(head: Head, certificateName: string | undefined): string | undefined {
    return nameCharger(this.identityFrom, { head, certificateName });
  }

  /** The target at the CSMS. */
  targetOf(basePath: string, target: string): string {
    if (this.path.kind === "append" && !this.saidBase && beginsWithBase(basePath, target)) {
      this.saidBase = true;
      this.say(
        `the charger's path begins with ${basePath} already; it is not put in front again (--path keep|append|replace=/x)`,
      );
    }
    return targetAtCsms(basePath, target, this.path);
  }

  /** The head for the CSMS, with the charger's address where that is to be handed on. */
  handOn(head: Uint8Array, from: string): Uint8Array {
    return this.forwarded === "add" ? withForwardedFor(head, addressOf(from)) : head;
  }

  /** The name of a charger that has none. */
  unknown(from: string): string {
    return `unknown-${addressOf(from)}`;
  }
}
