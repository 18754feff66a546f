// The running recording proxy that `record` returns.

import type { LiveMessage } from "../../admin/live/live-message.js";
import type { RuleSet } from "../../rules/language/rule-set.js";
import type { OpenConnection, RuleControls } from "./live-controls.js";
import type { RecordedEntry, RecordListener, RecordSummary } from "./record-events.js";

/** A running recording proxy. */
export interface RecordingProxy {
  /** The URL of the first listener, without the charger's own path: `ws://127.0.0.1:9310`. */
  readonly url: string;
  /** All listeners, in the order of the options. */
  readonly listeners: readonly RecordListener[];
  /** The URL of the CSMS; that of the built-in one for `embedded`. */
  readonly csms: URL;
  /**
   * Every entry from the moment a loop begins: `for await (const { identity, entry } of proxy.entries)`. The loop ends when
   * the proxy is closed. Several loops may run. Up to 100 000 entries or 64 MiB wait for a slow loop; beyond that the
   * oldest are left out, and the loop gets a `gap` entry instead.
   */
  readonly entries: AsyncIterable<RecordedEntry>;
  /**
   * Every whole message of charger and CSMS from the moment a loop begins, with its action, the latency of answers, and
   * the rules that acted on it. Messages that a slow loop missed are missing numbers in `seq`.
   */
  readonly messages: AsyncIterable<LiveMessage>;
  /** The connections that are open now, oldest first. */
  readonly connections: readonly OpenConnection[];
  /** The rules of the run. */
  readonly rules: RuleControls;
  /** The rules at the start of the run, and the seed of their draws. */
  readonly initialRules: { readonly ruleSet: RuleSet; readonly seed: number } | undefined;
  /** Paths of the cassettes so far. */
  readonly cassettes: readonly string[];
  /** The admin API; undefined without the option `admin`. */
  readonly admin: { readonly url: string; readonly tokenPath: string | undefined } | undefined;
  /** Path of the notes on how to restore the chargers; undefined without the option `restoreNotes`. */
  readonly restoreNotes: string | undefined;
  /** Sentences about TLS settings that weaken security, or that write secrets to a file. */
  readonly warnings: readonly string[];
  /** Resolves when everything recorded so far is in the files. */
  flush(): Promise<void>;
  /** Stops listening, ends the connections and completes the cassettes. A second call returns the same promise. */
  close(): Promise<RecordSummary>;
  /** Settles when the proxy is closed, also by `signal` or by `onRecordError: "stop"`. */
  readonly closed: Promise<RecordSummary>;
}
