// What the parts of the recording proxy share: the address of the CSMS, the cassettes, the clock, the limits.

import type { HideHead } from "../../cassette/hide-secrets.js";
import type { RelayLimits } from "../../relay/limits.js";
import type { Decider } from "../../rules/deciding/decide.js";
import type { RunCassettes } from "../cassette/run-cassettes.js";
import type { ConnectionRegistry } from "../control/connection-registry.js";
import type { Clock } from "../platform/clock.js";
import type { CsmsProxy } from "../sockets/connect-proxy.js";
import type { BasicAuth } from "../tls/tls-passwords.js";
import type { ChargerTls, CsmsTls } from "../tls/tls-settings.js";
import type { ChargerAddressing } from "./charger-addressing.js";

/** The address of the CSMS, and how to connect to it. */
export interface CsmsAddress {
  /** The host and port to connect to, which may differ from those of its URL. */
  readonly host: string;
  readonly port: number;
  /** The path before the charger's path. */
  readonly basePath: string;
  /** The value of Host; undefined keeps the charger's. */
  readonly hostField: string | undefined;
  /** `ws://host:port` or `wss://...`, without userinfo and path, for messages. */
  readonly origin: string;
  /** TLS on this leg; undefined for none. */
  readonly tls?: CsmsTls | undefined;
  /** The HTTP proxy to connect through; undefined for none. */
  readonly proxy?: CsmsProxy | undefined;
  /** Passwords that replace the chargers' own. */
  readonly basic?: BasicAuth | undefined;
}

/** Time limits of the proxy, in milliseconds. */
export interface ProxyTimes {
  /** For the charger's request head. */
  readonly headMs: number;
  /** For a connection to the CSMS. */
  readonly connectMs: number;
  /** For the CSMS's answer to the upgrade. */
  readonly answerMs: number;
}

/** What every connection of a proxy needs. */
export interface ProxyContext {
  readonly csms: CsmsAddress;
  readonly addressing: ChargerAddressing;
  /** TLS with chargers; undefined for none. */
  readonly tls?: ChargerTls | undefined;
  /** Passwords to check chargers with; undefined: the CSMS checks them. */
  readonly basicAuth?: BasicAuth | undefined;
  readonly times: ProxyTimes;
  readonly limits: RelayLimits;
  readonly clock: Clock;
  readonly cassettes: RunCassettes;
  readonly rules: Decider | undefined;
  /** The open connections, for operator commands; undefined if there are none. */
  readonly registry?: ConnectionRegistry | undefined;
  /** Hides the secrets of a head before it is stored or shown. */
  readonly hideHead: HideHead;
  /** The next ordinal of this identity's connections in this run, from 1. */
  readonly nextOrdinal: (identity: string) => number;
  /** Prints a line for the operator. */
  readonly log: (line: string) => void;
}
