// The controls for a lane from outside: to send a message of our own, and to release what waits. Only a gate can do so; a
// tap refuses and holds nothing. Types only.

import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import type { RelayCommand } from "../protocol.js";

/** What became of bytes of our own: `later` at the end of a message in progress, `never` where nothing can go out. */
export type SendOutcome = "sent" | "later" | "never";

/** Controls one direction of a connection; commands are pushed to `out`. */
export interface GateControls {
  /** Sends a message of our own at the next boundary between messages. */
  sendOwn(bytes: Uint8Array, atNs: number, out: RelayCommand[]): SendOutcome;
  /** A message has been sent, in either direction: releases what waited for it. */
  messageSent(message: RuledMessage, atNs: number, out: RelayCommand[]): void;
  /** Releases what waits for the answer to our own CALL, or what waits for the operator or for messages. */
  release(what: "own-call" | "command", atNs: number, out: RelayCommand[]): void;
}
