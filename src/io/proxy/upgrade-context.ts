// What the parts of the recording proxy share: where the CSMS is, the cassettes, the clock, the limits. Data only.

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

/** Where the CSMS is and how it is asked. */
export interface CsmsAddress {
  /** Where it is dialled, which may be elsewhere than its URL says. */
  readonly host: string;
  readonly port: number;
  /** What stands in front of the charger's path. */
  readonly basePath: string;
  /** The value of Host; undefined keeps the charger's. */
  readonly hostField: string | undefined;
  /** `ws://host:port` or `wss://...`, without userinfo and path, to show. */
  readonly origin: string;
  /** TLS on this leg; undefined for none. */
  readonly tls?: CsmsTls | undefined;
  /** The HTTP proxy on the way; undefined for none. */
  readonly proxy?: CsmsProxy | undefined;
  /** Passwords that take the place of the chargers' own. */
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
  readonly reach: ChargerAddressing;
  /** TLS towards chargers; undefined for none. */
  readonly tls?: ChargerTls | undefined;
  /** Passwords that are checked here; undefined leaves that to the CSMS. */
  readonly basicAuth?: BasicAuth | undefined;
  readonly times: ProxyTimes;
  readonly limits: RelayLimits;
  readonly clock: Clock;
  readonly cassettes: RunCassettes;
  readonly rules: Decider | undefined;
  /** The connections that run, for somebody at the controls; undefined where there are no controls. */
  readonly registry?: ConnectionRegistry | undefined;
  /** Hides the secrets of a head before it is stored or shown. */
  readonly hideHead: HideHead;
  /** The next ordinal of this identity's connections in this run, from 1. */
  readonly nextOrdinal: (identity: string) => number;
  /** Says something to the person who runs the proxy. */
  readonly say: (line: string) => void;
}
