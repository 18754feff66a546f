// `replay`: replays one recording against a CSMS. The command line replays many through the same session.

import { readSlowdown, type Slowdown } from "../../analyse/compare/slowdown.js";
import { utf8 } from "../../base/bytes.js";
import { VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { refuseExisting } from "../../io/cassette/cassette-file.js";
import { readCsmsUrl } from "../addresses.js";
import type { Cassette } from "../cassette.js";
import { checkOptions, optionsOf } from "../check-options.js";
import { checkedEntries, checkRecording } from "../check-recording.js";
import { selectionOfPart } from "../selection.js";
import type { Recording } from "./read-recording.js";
import type { ReplayOptions } from "./replay-options.js";
import { type ReplayResult, resultOf } from "./replay-result.js";
import { openReplaySession } from "./replay-session.js";
import { type ReplaySettings, replayFlowOf } from "./replay-settings.js";
import { ReplaySetup } from "./replay-setup.js";
import { replayTable } from "./replay-table.js";
import type { TargetSettings } from "./replay-target.js";
import { setValuesOf, valueMapOf } from "./target-values.js";

const passwordBytes = (password: string | Uint8Array): Uint8Array =>
  typeof password === "string" ? utf8(password) : password;

const targetOf = (options: ReplayOptions): TargetSettings => {
  const { identity, mapIdentity, mapIdTag, set, csmsBasic, credentials, password } = options;
  return {
    identity,
    mapIdentity: mapIdentity && valueMapOf(mapIdentity),
    mapIdTag: mapIdTag && valueMapOf(mapIdTag),
    set: set && setValuesOf(set),
    csmsBasic,
    credentials:
      credentials && new Map(Object.entries(credentials).map(([id, word]) => [id, passwordBytes(word)])),
    password: password === undefined ? undefined : passwordBytes(password),
  };
};

const slowdownOf = (limit: string | Slowdown | undefined): Slowdown | undefined => {
  if (typeof limit !== "string") return limit;
  const found = readSlowdown(limit);
  if (found !== undefined) return found;
  throw new VcrError("USAGE", `"${limit}" is not a slowdown; write 2x, +500ms or 2x+50ms.`);
};

/** The settings of a session for these options. Throws VcrError USAGE. */
const settingsOf = (options: ReplayOptions): ReplaySettings => {
  const { csms = "embedded", select, prologue = "boot", bind = {}, startMissing, skipUnbound } = options;
  const { bindings, ids, seed = 0, run, time, meter = "keep", meterState, leaveOpen } = options;
  const { ignore = [], maxSlowdown, allowMissing = [], expect = [] } = options;
  const { production, toProduction, csmsConnect, side = "charger", transcript, onEvent } = options;
  return {
    csms: readCsmsUrl(String(csms)),
    ...{ production, toProduction, csmsConnect, side, transcript },
    tls: options,
    target: targetOf(options),
    part: {
      selection: select && selectionOfPart(select),
      ...{ prologue, startMissing, skipUnbound },
      bind: Object.entries(bind).map(([recorded, value]) => ({ kind: "transactionId", recorded, value })),
    },
    values: { bindings, ids, seed, run, time, meter, meterState, leaveOpen },
    flow: replayFlowOf(options),
    judging: { ignore, maxSlowdown: slowdownOf(maxSlowdown), allowMissing, expect, isSingle: true },
    env: options.env ?? process.env,
    emit: onEvent ?? (() => undefined),
  };
};

const recordingOf = async (
  setup: ReplaySetup,
  recording: string | Cassette | Iterable<Entry>,
): Promise<Recording> => {
  if (typeof recording !== "string")
    return "state" in recording
      ? setup.plan(recording.path, recording.entries, recording.state)
      : setup.plan("the recording", checkedEntries("replay", recording), "whole");
  const read = await setup.read(recording, true);
  if (read === undefined) throw new Error("a named recording is planned or refused");
  return read;
};

/**
 * Simulates the charge point of a recording against a CSMS and compares the CSMS's answers with the recorded ones. The
 * recording is the path of a cassette, a cassette, or entries.
 *
 * @throws VcrError `USAGE`, `FILE_UNREADABLE` or `CASSETTE_DAMAGED` for a recording that cannot be replayed,
 * `PRODUCTION_GUARDED` for a CSMS that needs `toProduction`. It does not throw if the CSMS cannot be reached: the verdict
 * is then `error`.
 *
 * @example
 * const result = await replay("incident.cassette", { csms: "ws://127.0.0.1:9000/ocpp" });
 * console.log(result.verdict, result.failures);
 */
export async function replay(
  recording: string | Cassette | Iterable<Entry>,
  options: ReplayOptions = {},
): Promise<ReplayResult> {
  checkRecording("replay", recording);
  checkOptions("replay", options, optionsOf(replayTable));
  const { signal, transcript } = options;
  signal?.throwIfAborted();
  const setup = new ReplaySetup(settingsOf(options));
  if (transcript !== undefined) refuseExisting(transcript, false, "Give another name.");
  const planned = await recordingOf(setup, recording);
  setup.guard.checkEntries(planned.entries);
  const session = await openReplaySession(setup);
  const onAbort = (): void => session.stop();
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted === true) session.stop();
  try {
    const record = await session.replay(planned);
    if (record.outcome === undefined) throw new Error("a replay that ends has an outcome");
    await session.settle();
    return resultOf(record, record.outcome);
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await session.close();
  }
}
