// The events of a recording proxy, and the summary of its run.

import type { Finding } from "../../analyse/lint/findings.js";
import type { ConnectivityNotice } from "../../analyse/watch/connectivity-watch.js";
import type { Entry } from "../../cassette/format/entry.js";
import type { RuleChangeEvent } from "../../io/control/rule-controller.js";

/** An address by which chargers reach a listener. */
export interface ListenerAddress {
  /** `ws://address:port` or `wss://address:port`. */
  readonly url: string;
  readonly address: string;
  /** The network interface; undefined if the address belongs to no interface of this machine. */
  readonly on: string | undefined;
  /** Who can reach it: other machines, only this machine, or containers on this machine. */
  readonly within: "network" | "machine" | "containers";
  /** Whether the certificate shown there names this address; undefined without TLS. */
  readonly named: boolean | undefined;
}

/** An address that a running proxy listens on. */
export interface RecordListener {
  /** `ws://host:port` or `wss://host:port`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly tls: "auto" | "on" | "off";
  /** The addresses by which chargers reach it. */
  readonly ways: readonly ListenerAddress[];
  /** The request target, after `url`, of a charger called `IDENTITY`: `/IDENTITY` unless `identityFrom` is given. */
  readonly target: string;
  /** The URL that the proxy then requests at the CSMS. */
  readonly asks: string;
}

/** An entry of a run, and the charge point it belongs to. */
export interface RecordedEntry {
  /** Null for entries of no charge point: plain HTTP, and refused upgrades of unknown identities. */
  readonly identity: string | null;
  readonly entry: Entry;
}

/** An event of a recording proxy. */
export type RecordEvent =
  /** The proxy listens on one of its addresses. */
  | { readonly kind: "listening"; readonly listener: RecordListener }
  /** An entry was recorded; it is on the cassette, or about to be written. */
  | ({ readonly kind: "entry" } & RecordedEntry)
  /** With `lint`: a defect, smell or event, when it first occurs. */
  | { readonly kind: "finding"; readonly identity: string; readonly finding: Finding }
  /** The CSMS changes how a charger connects: its URL, its password, its certificate. */
  | {
      readonly kind: "connectivity";
      readonly identity: string;
      readonly notice: ConnectivityNotice;
      readonly message: string;
    }
  /** Rules were armed, disarmed, changed, or refused. */
  | { readonly kind: "rules"; readonly change: RuleChangeEvent }
  /** A rule was armed that can destroy billing data. */
  | { readonly kind: "billing-risk"; readonly rule: string; readonly message: string }
  /** A sentence about the run. */
  | { readonly kind: "notice"; readonly message: string }
  /** A sentence about a failure that does not end the run. */
  | { readonly kind: "warning"; readonly message: string }
  /** A cassette could not be written; the traffic goes on. `lost` entries are gone for good. */
  | { readonly kind: "write-failed"; readonly path: string; readonly error: Error; readonly lost: number }
  /** An error of ocpp-vcr itself. */
  | { readonly kind: "internal-error"; readonly error: unknown };

/** The result of a run. */
export interface RecordSummary {
  /** Paths of the cassettes. */
  readonly cassettes: readonly string[];
  /** How many entries were recorded. */
  readonly entries: number;
  /** How many times a rule was applied. */
  readonly faults: number;
  /** Whether every entry is in the files; false if a cassette could not be written for a time. */
  readonly isComplete: boolean;
}
