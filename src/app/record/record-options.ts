// The options of a recording proxy. An option of `ocpp-vcr record` has the same name here, in camel case; times carry
// their unit (`--connect-timeout` is `connectTimeoutMs`).

import type { ForwardedMode } from "../../io/proxy/charger-addressing.js";
import type { IdentitySource } from "../../wire/http/identity-source.js";
import type { PathRule } from "../../wire/http/target.js";
import type { ListenAddress, ListenPlace } from "../addresses.js";
import type { RuleSource } from "../rule-file.js";
import type { Environment } from "../surroundings.js";
import type { TlsOptions } from "../tls-options.js";
import type { RecordEvent } from "./record-events.js";

/** The admin API of a run. */
export interface AdminOptions {
  /** `[host:]port`, or a port of 127.0.0.1; port 0 takes any free port. */
  readonly listen: string | number | ListenAddress;
  /** The file of the access token; it is made if it does not exist. `admin-token` in `out` unless given. */
  readonly tokenFile?: string | undefined;
  /** Further host names by which the API may be called. */
  readonly hosts?: readonly string[] | undefined;
}

/** The options of `record`. */
export interface RecordOptions extends TlsOptions {
  /** The CSMS: `ws[s]://host[:port][/base]`, or `embedded` for the built-in one. */
  readonly csms: string | URL;
  /**
   * Where chargers connect: `[ws://|wss://][host:]port`, a port number, or several of these. Port 0 takes
   * any free port, and the host is 127.0.0.1 unless given. The default is `0`.
   */
  readonly listen?: string | number | ListenPlace | readonly (string | number | ListenPlace)[] | undefined;
  /** The folder of the cassettes: one file for each charge point. Without it, entries are only in memory and in events. */
  readonly out?: string | undefined;
  /** Rules that are armed from the start. */
  readonly rules?: RuleSource | undefined;
  /** Reads `rules` without arming them. */
  readonly disarmed?: boolean | undefined;
  /** Armed rules are disarmed after this time, in milliseconds; at most 24 hours. */
  readonly rulesTtlMs?: number | undefined;
  /** The only charge points that rules may act on, as names or globs: `CP1`, `LAB-*`. All unless given. */
  readonly faultIdentities?: readonly string[] | undefined;
  /** Whether rules can be added and armed during the run; true unless given, false for production without `toProduction`. */
  readonly liveRules?: boolean | undefined;
  /** Reads the rule file again when it changes. */
  readonly watchRules?: boolean | undefined;
  /** A cassette whose faults are repeated, decision by decision. Excludes `rules` and `seed`. */
  readonly faultsFrom?: string | undefined;
  /** The seed of the faults; by default that of the rule file, or 0 if it has none. */
  readonly seed?: number | undefined;
  /** Sends the charger's Host header to the CSMS, not the host of `csms`. */
  readonly keepHost?: boolean | undefined;
  /** How the charger's path becomes the path at the CSMS: `append` (the default), `keep`, or `replace=/path`. */
  readonly path?: string | PathRule | undefined;
  /** Where a charger's identity comes from: `path:-1` (the default), `path:N`, `query:NAME`, `basic`, `cert-cn`, `header:NAME`, `/regex/`. */
  readonly identityFrom?: string | IdentitySource | undefined;
  /** X-Forwarded-For: `add` it for the CSMS, or `trust` the one that a client sends; `off` unless given. */
  readonly forwarded?: ForwardedMode | undefined;
  /** Further headers whose values are hidden in the cassettes and in all output: `X-Api-Key`. */
  readonly hideHeaders?: readonly string[] | undefined;
  /** An HTTP proxy on the way to the CSMS: `http://[user:password@]host:port`. */
  readonly csmsProxy?: string | undefined;
  /** Frames above this size, in bytes, are forwarded and recorded in parts; 16 MiB unless given. */
  readonly maxFrameBytes?: number | undefined;
  /** Time limit for connecting to the CSMS, in milliseconds; 10 000 unless given. */
  readonly connectTimeoutMs?: number | undefined;
  /** Time limit for the CSMS's answer to an upgrade, in milliseconds; 30 000 unless given. */
  readonly answerTimeoutMs?: number | undefined;
  /** What happens when a cassette cannot be written: `continue` (the default) leaves a gap, `stop` ends the run. */
  readonly onRecordError?: "continue" | "stop" | undefined;
  /** Lints entries while they are recorded; findings are events of kind `finding`. */
  readonly lint?: boolean | undefined;
  readonly admin?: AdminOptions | undefined;
  /** The CSMS is a production system: rules need `toProduction`, and armed ones `rulesTtlMs`. */
  readonly production?: boolean | undefined;
  /** Allows rules to disturb a production CSMS; must be its host name. */
  readonly toProduction?: string | undefined;
  /** Writes `restore-charger.md` into `out`; `commandLine` is the command line that it names. */
  readonly restoreNotes?: { readonly commandLine: readonly string[] } | undefined;
  /** Called with every event, in order. It must not throw. */
  readonly onEvent?: ((event: RecordEvent) => void) | undefined;
  /** Closes the proxy when it aborts. Aborted already: `record` throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The environment: OCPP_VCR_ADMIN_TOKEN, SSLKEYLOGFILE and the variables that name root certificates. `process.env` unless given. */
  readonly env?: Environment | undefined;
}
