// Cassettes in tests of a CSMS: the first run records a real charge point, later runs replay it.

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { VcrError } from "../../base/errors.js";
import { readCassette } from "../cassette.js";
import {
  callback,
  checkArgument,
  checkOptions,
  type OptionTable,
  object,
  optionsOf,
  required,
  signal as signalKind,
  type TableOf,
  text,
} from "../check-options.js";
import { csmsAddress } from "../option-kinds.js";
import { record } from "../record/record.js";
import type { RecordOptions } from "../record/record-options.js";
import { recordTable } from "../record/record-table.js";
import type { RecordingProxy } from "../record/recording-proxy.js";
import { replay } from "../replay/replay.js";
import type { ReplayOptions } from "../replay/replay-options.js";
import type { ReplayResult } from "../replay/replay-result.js";
import { replayTable } from "../replay/replay-table.js";

/** The options of `useCassette`. */
export interface UseCassetteOptions {
  /** The CSMS under test. */
  readonly csms: string | URL;
  /**
   * Drives a charge point, which connects to `proxy.url`. Called only while recording; the recording ends when the promise
   * settles. Without it a missing cassette is an error.
   */
  readonly record?: ((proxy: RecordingProxy) => Promise<void>) | undefined;
  /** Options of the recording proxy. */
  readonly recordOptions?: Omit<RecordOptions, "csms" | "out" | "signal"> | undefined;
  /** Options of the replay. */
  readonly replayOptions?: Omit<ReplayOptions, "csms" | "signal"> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The environment variables, of which OCPP_VCR_RECORD and CI are read; `process.env` unless given. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The options that `useCassette` does not set itself. */
const withoutOwn = ({ csms: _csms, out: _out, signal: _signal, ...others }: OptionTable): OptionTable =>
  others;

const recordOptionsTable = withoutOwn(recordTable);
const replayOptionsTable = withoutOwn(replayTable);
const ownPlace = (name: string): string | undefined =>
  ["csms", "out", "signal"].includes(name) ? `Leave it out here: useCassette sets ${name}.` : undefined;

const useCassetteTable: TableOf<UseCassetteOptions> = {
  csms: required(csmsAddress),
  record: callback,
  recordOptions: optionsOf(recordOptionsTable, ownPlace),
  replayOptions: optionsOf(replayOptionsTable, ownPlace),
  signal: signalKind,
  env: object,
};

/** Where an option of `replay` or `record` belongs. */
const placeOf = (name: string): string | undefined => {
  const places = [
    ...(Object.hasOwn(replayOptionsTable, name) ? ["replayOptions"] : []),
    ...(Object.hasOwn(recordOptionsTable, name) ? ["recordOptions"] : []),
  ];
  return places.length === 0 ? undefined : `Give it in ${places.join(" or ")}.`;
};

/** The result of `useCassette`: that of the replay, and whether the cassette is new. */
export interface CassetteResult extends ReplayResult {
  /** Whether the cassette was recorded by this call, before it was replayed. */
  readonly isNew: boolean;
}

type Mode = "record" | "replay";

const modeOf = (path: string, env: NonNullable<UseCassetteOptions["env"]>): Mode => {
  const word = env.OCPP_VCR_RECORD ?? "";
  if (word === "1") return "record";
  if (existsSync(path)) return "replay";
  if (word !== "0" && (env.CI ?? "") === "") return "record";
  throw new VcrError(
    "FILE_UNREADABLE",
    `the cassette ${path} does not exist, and nothing is recorded ${word === "0" ? "with OCPP_VCR_RECORD=0" : "in CI"}`,
    "Run the test once with OCPP_VCR_RECORD=1, and commit the cassette.",
  );
};

/** Records one charge point to this path; an earlier cassette is replaced when the new one is complete. */
const recordTo = async (path: string, options: UseCassetteOptions): Promise<void> => {
  const { csms, record: drive, recordOptions, signal } = options;
  if (drive === undefined)
    throw new VcrError(
      "FILE_UNREADABLE",
      `the cassette ${path} cannot be recorded: useCassette has no charge point to drive`,
      "Give useCassette the option record: async ({ url }) => { ... }.",
    );
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(join(dirname(path), ".ocpp-vcr-"));
  try {
    const proxy = await record({ ...recordOptions, csms, out: folder, signal });
    try {
      await drive(proxy);
    } finally {
      await proxy.close();
    }
    await rename(await cassetteOfCharger(proxy.cassettes, path), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const cassetteOfCharger = async (paths: readonly string[], path: string): Promise<string> => {
  const cassettes = await Promise.all(paths.map((one) => readCassette(one)));
  const [first, ...others] = cassettes.filter(({ identity }) => identity !== null);
  if (first !== undefined && others.length === 0) return first.path;
  const names = [first, ...others].map((one) => one?.identity ?? "").join(", ");
  throw new VcrError(
    "USAGE",
    first === undefined
      ? `no charge point connected while ${path} was recorded`
      : `more than one charge point connected while ${path} was recorded: ${names}`,
    "Connect one charge point to the URL of the proxy; a cassette holds one.",
  );
};

/**
 * Replays a cassette against the CSMS under test, and records it first if it does not exist.
 *
 * - The cassette exists: its charge point is replayed. `record` is not called.
 * - It does not exist: a recording proxy starts in front of the CSMS, `record` drives a charge point through it, the
 *   recording becomes the cassette, and is replayed at once.
 * - `OCPP_VCR_RECORD=1`: it is recorded again. `OCPP_VCR_RECORD=0`, or `CI` is set: it is never recorded, and a missing
 *   cassette is an error.
 *
 * @throws VcrError `FILE_UNREADABLE` if the cassette is missing and may not be recorded, `USAGE` if not exactly one
 * charge point connected or an option is wrong, and the errors of `record` and `replay`.
 *
 * @example
 * const result = await useCassette("cassettes/boot.cassette", {
 *   csms: backend.url,
 *   record: async ({ url }) => driveChargePoint(`${url}/CP1`),
 * });
 * expect(result).toPassReplay();
 */
export async function useCassette(path: string, options: UseCassetteOptions): Promise<CassetteResult> {
  checkArgument("useCassette", "path", path, text);
  checkOptions("useCassette", options, optionsOf(useCassetteTable, placeOf));
  const { csms, replayOptions, signal, env = process.env } = options;
  signal?.throwIfAborted();
  const isNew = modeOf(path, env) === "record";
  if (isNew) await recordTo(path, options);
  return { ...(await replay(path, { ...replayOptions, csms, signal })), isNew };
}
