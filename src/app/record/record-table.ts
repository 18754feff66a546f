// The options of `record`, each with the kind of its value.

import {
  anyOf,
  callback,
  described,
  duration,
  flag,
  listOf,
  type OptionTable,
  object,
  oneOf,
  optionsOf,
  required,
  signal,
  type TableOf,
  text,
  whole,
} from "../check-options.js";
import { csmsAddress, environment, listenAddress, listenPlaces, tlsTable } from "../option-kinds.js";
import type { AdminOptions, RecordOptions } from "./record-options.js";
import { longestTtlMs } from "./run-controls.js";

const adminTable: TableOf<AdminOptions> = {
  listen: required(listenAddress),
  tokenFile: text,
  hosts: listOf(text),
};

/** The options of `record`. */
export const recordTable: TableOf<RecordOptions> & OptionTable = {
  ...tlsTable,
  csms: required(csmsAddress),
  listen: listenPlaces,
  out: text,
  rules: described(
    anyOf(text, object),
    "the path of a rule file, preset:NAME, { yaml: TEXT }, or an object like a rule file",
  ),
  disarmed: flag,
  rulesTtlMs: described(whole(1, longestTtlMs), `a whole number of milliseconds from 1 to ${longestTtlMs}`),
  faultIdentities: listOf(text),
  liveRules: flag,
  watchRules: flag,
  faultsFrom: text,
  seed: whole(0),
  keepHost: flag,
  path: described(anyOf(text, object), "append, keep, or replace=/path"),
  identityFrom: described(
    anyOf(text, object),
    "path:-1, path:N, query:NAME, basic, cert-cn, header:NAME or /regex/",
  ),
  forwarded: oneOf("off", "add", "trust"),
  hideHeaders: listOf(text),
  csmsProxy: text,
  maxFrameBytes: whole(1),
  connectTimeoutMs: duration,
  answerTimeoutMs: duration,
  onRecordError: oneOf("continue", "stop"),
  lint: flag,
  admin: optionsOf(adminTable),
  production: flag,
  toProduction: text,
  restoreNotes: optionsOf({ commandLine: required(listOf(text)) }),
  onEvent: callback,
  signal,
  env: environment,
};
