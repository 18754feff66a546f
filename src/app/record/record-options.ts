// The options of a recording proxy. An option of `ocpp-vcr record` has the same name here, without dashes
// (`--connect-timeout` is `connectTimeoutMs`: times carry their unit).

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
  /** A file that holds the access token; it is made if it does not exist. `admin-token` in `out` unless given. */
  readonly tokenFile?: string | undefined;
  /** Further host names by which the API may be called. */
  readonly hosts?: readonly string[] | undefined;
}

/** The options of `record`. */
export interface RecordOptions extends TlsOptions {
  /** The CSMS: `ws[s]://host[:port][/base]`, or `embedded` for the built-in one. */
  readonly csms: string | URL;
  /**
   * Where chargers connect: `[ws://|wss://][host:]port`, a port number, or several of these. Port 0 takes any free port, and the host
   * is 127.0.0.1 unless given. The default is `0`.
   */
  readonly listen?: string | number | ListenPlace | readonly (string | number | ListenPlace)[] | undefined;
  /** The folder of the cassettes: one file a charge point. Without it nothing is written; entries come all the same. */
  readonly out?: string | undefined;
  /** Rules that are armed from the start. */
  readonly rules?: RuleSource | undefined;
  /** Reads `rules` and arms none of them. */
  readonly disarmed?: boolean | undefined;
  /** Armed rules are disarmed after this time, 24 hours at most. */
  readonly rulesTtlMs?: number | undefined;
  /** The only charge points that rules touch, as names or globs: `CP1`, `LAB-*`. All unless given. */
  readonly faultIdentities?: readonly string[] | undefined;
  /** Whether rules can be added and armed while it runs; true unless given, false for production without `toProduction`. */
  readonly liveRules?: boolean | undefined;
  /** Follows changes of the rule file while it runs. */
  readonly watchRules?: boolean | undefined;
  /** The cassette of an earlier run whose faults are done again, decision for decision. Excludes `rules` and `seed`. */
  readonly faultsFrom?: string | undefined;
  /** The seed of the faults; that of the rule file unless given, else 0. */
  readonly seed?: number | undefined;
  /** Passes the charger's Host on in place of the CSMS's. */
  readonly keepHost?: boolean | undefined;
  /** How the charger's path becomes the path at the CSMS: `append` (the default), `keep`, or `replace=/path`. */
  readonly path?: string | PathRule | undefined;
  /** Where a charger's name comes from: `path:-1` (the default), `path:N`, `query:NAME`, `basic`, `cert-cn`, `header:NAME`, `/regex/`. */
  readonly identityFrom?: string | IdentitySource | undefined;
  /** X-Forwarded-For: `add` it for the CSMS, or `trust` it from whoever connects; `off` unless given. */
  readonly forwarded?: ForwardedMode | undefined;
  /** Further headers whose values are hidden in the cassettes and in all output: `X-Api-Key`. */
  readonly hideHeaders?: readonly string[] | undefined;
  /** An HTTP proxy on the way to the CSMS: `http://[user:password@]host:port`. */
  readonly csmsProxy?: string | undefined;
  /** Frames above this size pass, and are recorded, in parts; 16 MiB unless given. */
  readonly maxFrameBytes?: number | undefined;
  /** Time for a connection to the CSMS; 10 000 unless given. */
  readonly connectTimeoutMs?: number | undefined;
  /** Time for the CSMS's answer to an upgrade; 30 000 unless given. */
  readonly answerTimeoutMs?: number | undefined;
  /** What happens when a cassette cannot be written: `continue` (the default) leaves a gap, `stop` ends the run. */
  readonly onRecordError?: "continue" | "stop" | undefined;
  /** Judges entries while they are recorded; findings come as events of kind `finding`. */
  readonly lint?: boolean | undefined;
  readonly admin?: AdminOptions | undefined;
  /** The CSMS is a production system: rules need `toProduction`, and armed ones `rulesTtlMs`. */
  readonly production?: boolean | undefined;
  /** The host name of the production CSMS, repeated: rules may disturb it. */
  readonly toProduction?: string | undefined;
  /** Writes `restore-charger.md` into `out`; the words are the command line that stands in it. */
  readonly restoreNotes?: { readonly commandLine: readonly string[] } | undefined;
  /** Called with everything that happens, in order. It must not throw. */
  readonly onEvent?: ((event: RecordEvent) => void) | undefined;
  /** Closes the proxy when it aborts. Aborted already: `record` throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The environment: OCPP_VCR_ADMIN_TOKEN, SSLKEYLOGFILE and the variables that name root certificates. `process.env` unless given. */
  readonly env?: Environment | undefined;
}
