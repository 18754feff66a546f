// Runs many chargers while the admin API arms, disarms, puts and replaces rules all the time, and compares what arrives
// with what was sent and the decisions on the cassettes: by message id, in order.
import { utf8 } from "../../../src/base/bytes.js";
import { encodeFrame, payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { createScanner } from "../../../src/wire/websocket/scanner.js";
import { type AdminWorld, startAdminWorld } from "../worlds/admin-world.js";
import { chargerMask } from "../worlds/relay-player.js";

/** How large a run is. */
export interface ChangingRun {
  readonly chargers: number;
  readonly messages: number;
  /** Milliseconds between the messages of a charger; 0 for as fast as possible. */
  readonly everyMs: number;
  /** The shortest time between two changes of the rules, in milliseconds. */
  readonly changeEveryMs: number;
}

/** The result of a run. */
export interface ChangingOutcome {
  /** Chargers whose messages did not arrive as decided, with the ids that arrived. */
  readonly wrong: readonly string[];
  readonly arrived: number;
  readonly decisions: number;
  /** Changes of the rules while messages were under way. */
  readonly changes: number;
  /** Messages per second of each charger, as measured. */
  readonly pace: number;
}

const actions = ["Heartbeat", "MeterValues", "DataTransfer"] as const;

const rule = (id: string, action: string, then: string): string =>
  `  - { id: ${id}, when: { direction: cp-to-csms, action: ${action} }, then: [ ${then} ] }\n`;

const files = [
  ["none", "NoSuchAction", "{ drop: {} }"],
  ["late", "MeterValues", "{ delay: { ms: 2, holds: lane } }"],
  ["twice", "DataTransfer", "{ duplicate: {} }"],
  ["gone", "DataTransfer", "{ drop: {} }"],
].map(([id = "", action = "", then = ""]) => rule(id, action, then));

const fileOf = (...chosen: readonly number[]): string =>
  `version: 1\nrules:\n${chosen.map((i) => files[i] ?? "").join("")}`;

/** Keeps the pace of the load: there is no event to wait for. */
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => (ms <= 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));

/** Changes the rules again and again, one change after the other, until the run is over; returns the number of changes. */
const changeRules = async (world: AdminWorld, everyMs: number, isOver: () => boolean): Promise<number> => {
  const steps: readonly (() => Promise<unknown>)[] = [
    () => world.ask("PUT", "/v1/rules", fileOf(0, 1)),
    () => world.ask("POST", "/v1/rules/arm"),
    () => world.ask("PUT", "/v1/rules", fileOf(0, 2, 1)),
    () => world.ask("POST", "/v1/rules/twice/arm", { ttl: "1m" }),
    () => world.ask("POST", "/v1/rules", fileOf(3)),
    () => world.ask("POST", "/v1/rules/disarm", { ids: ["twice", "late"] }),
    () => world.ask("POST", "/v1/rules/gone/arm"),
    () => world.ask("DELETE", "/v1/rules/gone"),
    () => world.ask("POST", "/v1/reset"),
  ];
  let changes = 0;
  while (!isOver()) {
    await steps[changes % steps.length]?.();
    changes++;
    if (everyMs > 0) await pause(everyMs);
  }
  return changes;
};

const idOf = (raw: Uint8Array): string => {
  const frame = readFrame(raw);
  return frame === undefined
    ? "?"
    : String((JSON.parse(new TextDecoder().decode(payloadOf(frame))) as unknown[])[1]);
};

const idsIn = (bytes: Uint8Array): readonly string[] =>
  createScanner(1 << 20)
    .push(bytes)
    .flatMap((piece) => (piece.kind === "frame" ? [idOf(piece.frame.raw)] : []));

const framesOf = ({ messages }: ChangingRun): readonly Uint8Array[] =>
  Array.from({ length: messages }, (_, i) =>
    encodeFrame({
      opcode: 1,
      payload: utf8(`[2,"${i}","${actions[i % actions.length]}",{"n":${i}}]`),
      mask: chargerMask,
    }),
  );

/** One charger: sends its messages, each cut somewhere, and returns the ids that arrived. */
const sendAll = async (world: AdminWorld, index: number, run: ChangingRun): Promise<readonly string[]> => {
  const { charger, csms } = await world.connect(`/ocpp/CP-${index}`);
  const frames = framesOf(run);
  const begun = performance.now();
  for (const [i, frame] of frames.entries()) {
    const cut = (i * 7 + index) % frame.length;
    // By the clock of the run: a charger that is late sends at once.
    const untilNext = (): Promise<void> => pause(begun + (i + 1) * run.everyMs - performance.now());
    charger.send(frame.subarray(0, cut));
    if (i % 5 === 0) await untilNext();
    charger.send(frame.subarray(cut));
    if (i % 5 !== 0) await untilNext();
  }
  charger.end();
  await csms.untilEnd();
  const ids = idsIn(csms.body);
  csms.end();
  await charger.untilEnd();
  return ids;
};

/** Runs all chargers. */
export async function runChangingRules(run: ChangingRun): Promise<ChangingOutcome> {
  const outcomes = new Map<string, "drop" | "duplicate">();
  let decisions = 0;
  const world = await startAdminWorld({
    hear: (entry, identity) => {
      if (entry.kind !== "decision") return;
      decisions++;
      if (entry.fault !== "drop" && entry.fault !== "duplicate") return;
      const key = `${identity} ${idOf(entry.original)}`;
      // A drop after a duplicate removes both copies.
      if (outcomes.get(key) !== "drop") outcomes.set(key, entry.fault);
    },
  });
  let isOver = false;
  const begun = performance.now();
  const changing = changeRules(world, run.changeEveryMs, () => isOver);
  const all = await Promise.all(
    Array.from({ length: run.chargers }, (_, index) => sendAll(world, index, run)),
  );
  isOver = true;
  const pace = (run.messages * 1000) / (performance.now() - begun);
  const changes = await changing;
  const copies = { drop: 0, duplicate: 2, none: 1 } as const;
  const wrong = all.flatMap((ids, index) => {
    const expected = Array.from({ length: run.messages }, (_, i) => `${i}`).flatMap((id) =>
      Array.from({ length: copies[outcomes.get(`CP-${index} ${id}`) ?? "none"] }, () => id),
    );
    return ids.join() === expected.join() ? [] : [`CP-${index}: ${ids.join()} instead of ${expected.join()}`];
  });
  return { wrong, arrived: all.reduce((sum, ids) => sum + ids.length, 0), decisions, changes, pace };
}
