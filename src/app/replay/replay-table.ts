// The options of `replay`, each with the kind of its value.

import { prologueKinds } from "../../analyse/select/prologue.js";
import {
  anyOf,
  anyText,
  bytes,
  callback,
  described,
  duration,
  durationOrZero,
  flag,
  listOf,
  mapOf,
  type OptionTable,
  object,
  oneOf,
  optionsOf,
  positive,
  signal,
  type TableOf,
  text,
  whole,
} from "../check-options.js";
import { csmsAddress, csmsTlsTable, environment } from "../option-kinds.js";
import type { RecordingPart } from "../selection.js";
import type { ReplayOptions } from "./replay-options.js";

const partTable: TableOf<RecordingPart> = {
  transactions: listOf(text),
  from: text,
  to: text,
  around: listOf(text),
  spanMs: durationOrZero,
  connectors: listOf(text),
  only: listOf(text),
  skip: listOf(text),
};

const password = anyOf(anyText, bytes);
const names = mapOf(anyOf(text, listOf(text, 1)));

/** The options of `replay`. */
export const replayTable: TableOf<ReplayOptions> & OptionTable = {
  ...csmsTlsTable,
  csms: csmsAddress,
  identity: text,
  mapIdentity: names,
  mapIdTag: names,
  set: mapOf(object),
  password,
  credentials: mapOf(password),
  select: optionsOf(partTable),
  prologue: oneOf(...prologueKinds),
  bind: mapOf(text),
  startMissing: flag,
  skipUnbound: flag,
  side: oneOf("charger", "csms"),
  bindings: text,
  ids: oneOf("fresh", "keep"),
  seed: whole(0),
  run: whole(0),
  time: oneOf("end-now", "start-now", "days", "keep"),
  meter: oneOf("keep", "continue"),
  meterState: text,
  leaveOpen: flag,
  pace: oneOf("lockstep", "timed", "asap"),
  rate: positive,
  maxRate: positive,
  timeoutMs: duration,
  callTimeoutMs: durationOrZero,
  onMissingCall: oneOf("send", "skip", "fail"),
  onWait: text,
  onFork: oneOf("stop", "continue"),
  clock: oneOf("real", "virtual"),
  ignore: listOf(anyOf(text, object)),
  maxSlowdown: described(anyOf(text, object), "2x, +500ms or 2x+50ms"),
  allowMissing: listOf(text),
  expect: listOf(anyOf(text, object)),
  production: flag,
  toProduction: text,
  transcript: text,
  onEvent: callback,
  signal,
  env: environment,
};
