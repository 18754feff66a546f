// What happens in a run of a recording proxy, for whoever follows it.

import type { Finding } from "../../analyse/lint/findings.js";
import type { ConnectivityNotice } from "../../analyse/watch/connectivity-watch.js";
import type { Entry } from "../../cassette/format/entry.js";
import type { RuleChangeEvent } from "../../io/control/rule-controller.js";

/** An address by which chargers reach a listener. */
export interface ListenerAddress {
  /** `ws://address:port` or `wss://address:port`. */
  readonly url: string;
  readonly address: string;
  /** The network interface; undefined where the address is none of this machine's interfaces. */
  readonly on: string | undefined;
  /** Who reaches it: other machines, only this machine, or containers of this machine. */
  readonly within: "network" | "machine" | "containers";
  /** Whether the certificate shown there names this address; undefined without TLS. */
  readonly named: boolean | undefined;
}

/** A place where a running proxy listens. */
export interface RecordListener {
  /** `ws://host:port` or `wss://host:port`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly tls: "auto" | "on" | "off";
  /** The addresses by which chargers reach it. */
  readonly ways: readonly ListenerAddress[];
  /** The target that a charger called `IDENTITY` asks for, behind the URL: `/IDENTITY`, unless its name is elsewhere. */
  readonly target: string;
  /** The URL that the CSMS is then asked for. */
  readonly asks: string;
}

/** An entry of a run, and the charge point it belongs to. */
export interface RecordedEntry {
  /** Null for what belongs to no charge point: plain HTTP, and refused upgrades of unknown identities. */
  readonly identity: string | null;
  readonly entry: Entry;
}

/** One thing that happened in a run. */
export type RecordEvent =
  /** The proxy listens in one of its places. */
  | { readonly kind: "listening"; readonly listener: RecordListener }
  /** An entry, which is on the cassette, or on its way there. */
  | ({ readonly kind: "entry" } & RecordedEntry)
  /** With `lint`: a defect, smell or event, the first time that it shows. */
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
  /** A sentence about something that failed and does not end the run. */
  | { readonly kind: "warning"; readonly message: string }
  /** A cassette could not be written; the traffic goes on. `lost` entries are gone for good. */
  | { readonly kind: "write-failed"; readonly path: string; readonly error: Error; readonly lost: number }
  /** An error of ocpp-vcr itself. */
  | { readonly kind: "internal-error"; readonly error: unknown };

/** What a run left behind. */
export interface RecordSummary {
  /** Paths of the cassettes. */
  readonly cassettes: readonly string[];
  /** How many entries were recorded. */
  readonly entries: number;
  /** How many times a rule acted. */
  readonly faults: number;
  /** Whether every entry is in the files; false where a cassette could not be written for a time. */
  readonly isComplete: boolean;
}
