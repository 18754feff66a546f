// Cassettes in tests of a CSMS: the first run records a real charge point, later runs replay it.

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { VcrError } from "../../base/errors.js";
import { readCassette } from "../cassette.js";
import { record } from "../record/record.js";
import type { RecordOptions } from "../record/record-options.js";
import type { RecordingProxy } from "../record/recording-proxy.js";
import { replay } from "../replay/replay.js";
import type { ReplayOptions } from "../replay/replay-options.js";
import type { ReplayResult } from "../replay/replay-result.js";

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
 * charge point connected, and the errors of `record` and `replay`.
 *
 * @example
 * const result = await useCassette("cassettes/boot.cassette", {
 *   csms: backend.url,
 *   record: async ({ url }) => driveChargePoint(`${url}/CP1`),
 * });
 * expect(result).toPassReplay();
 */
export async function useCassette(path: string, options: UseCassetteOptions): Promise<CassetteResult> {
  const { csms, replayOptions, signal, env = process.env } = options;
  signal?.throwIfAborted();
  const isNew = modeOf(path, env) === "record";
  if (isNew) await recordTo(path, options);
  return { ...(await replay(path, { ...replayOptions, csms, signal })), isNew };
}
