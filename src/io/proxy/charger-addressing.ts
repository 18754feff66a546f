// How chargers are addressed: the client address of a connection, the identity of the charger, and the path that the CSMS is
// asked for.

import { addressOf, forwardedFor, withForwardedFor } from "../../wire/http/forwarded.js";
import type { Head } from "../../wire/http/head.js";
import { type IdentitySource, lastSegment, nameCharger } from "../../wire/http/identity-source.js";
import { beginsWithBase, type PathRule, targetAtCsms } from "../../wire/http/target.js";
import { LoopWatch } from "./loop-watch.js";

/** What to do with the client addresses in forwarding headers. */
export type ForwardedMode = "off" | "add" | "trust";

/** How chargers are addressed. */
export interface AddressingOptions {
  readonly path?: PathRule;
  readonly identityFrom?: IdentitySource;
  readonly forwarded?: ForwardedMode;
  /** Prints a line for the operator. */
  readonly log?: (line: string) => void;
}

/** The addressing of one run, for all its listeners. */
export class ChargerAddressing {
  readonly loops: LoopWatch = new LoopWatch();
  readonly forwarded: ForwardedMode;
  private readonly path: PathRule;
  private readonly identityFrom: IdentitySource;
  private readonly log: (line: string) => void;
  private hasLoggedBase = false;

  constructor(options: AddressingOptions = {}) {
    this.path = options.path ?? { kind: "append" };
    this.identityFrom = options.identityFrom ?? lastSegment;
    this.forwarded = options.forwarded ?? "off";
    this.log = options.log ?? (() => undefined);
  }

  /** The client address of a request: the one that a trusted proxy gives, or else that of the socket. */
  clientAddress(head: Head, peer: string): string {
    const address = this.forwarded === "trust" ? forwardedFor(head) : undefined;
    if (address === undefined) return peer;
    return /^[^[]*:.*:/.test(address) ? `[${address}]` : address;
  }

  /** The identity of a charger, from its request and its certificate; undefined if they have none. */
  identityOf(head: Head, certificateName: string | undefined): string | undefined {
    return nameCharger(this.identityFrom, { head, certificateName });
  }

  /** The request target for the CSMS. */
  targetOf(basePath: string, target: string): string {
    if (this.path.kind === "append" && !this.hasLoggedBase && beginsWithBase(basePath, target)) {
      this.hasLoggedBase = true;
      this.log(
        `the charger's path begins with ${basePath} already, so the base path of --csms is not added (to change this: --path keep|append|replace=/x)`,
      );
    }
    return targetAtCsms(basePath, target, this.path);
  }

  /** The request head for the CSMS, with the charger's address if that is to be forwarded. */
  headForCsms(head: Uint8Array, from: string): Uint8Array {
    return this.forwarded === "add" ? withForwardedFor(head, addressOf(from)) : head;
  }

  /** The identity for a charger that gives none. */
  unknownIdentity(from: string): string {
    return `unknown-${addressOf(from)}`;
  }
}
