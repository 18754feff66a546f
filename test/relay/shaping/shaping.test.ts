// Shapes between the lanes of a connection and the shell: what is sent arrives, in its order, whatever shapes compose.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import { createRelay } from "../../../src/relay/connection/connection.js";
import { relayLimits } from "../../../src/relay/limits.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { Shaping } from "../../../src/relay/shaping/shaping.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { onConnection } from "../../rules/faults/sample.js";
import { rulesOf } from "../../rules/sample.js";
import { play } from "../../support/worlds/playbook.js";
import { RelayWorld, relayPlayer } from "../../support/worlds/relay-player.js";

const then = fc
  .record({
    ms: fc.integer({ min: 0, max: 300 }),
    jitter: fc.integer({ min: 0, max: 300 }),
    distribution: fc.constantFrom("uniform", "normal"),
    rate: fc.integer({ min: 1, max: 50 }),
    averageSize: fc.integer({ min: 2, max: 40 }),
    delay: fc.integer({ min: 0, max: 5 }),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
  })
  .map(({ ms, jitter, distribution, rate, averageSize, delay, order }) => {
    const all = [
      `{ latency: { ms: ${ms}, jitter: ${jitter}, distribution: ${distribution} } }`,
      `{ bandwidth: ${rate} }`,
      `{ slicer: { averageSize: ${averageSize}, sizeVariation: ${averageSize - 1}, delay: ${delay} } }`,
    ];
    return order.map((i) => all[i]).join(", ");
  });

const pieces = fc.array(
  fc.record({
    from: fc.constantFrom("charger", "csms"),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 400 }),
    wait: fc.integer({ min: 0, max: 200 }),
  }),
  { maxLength: 12 },
);

/** Every write with its time, and the end of both streams. */
const run = (rules: string, sent: typeof pieces extends fc.Arbitrary<infer T> ? T : never) => {
  const world = new RelayWorld({ rules: onConnection(rules) });
  const times: string[] = [];
  const after = (ms: number): void => {
    for (let i = 0; i < ms; i++)
      for (const command of world.after(1))
        if (command.kind === "write") times.push(`${world.now} ${command.to} ${command.bytes.length}`);
  };
  for (const { from, bytes, wait } of sent) {
    world.bytes(from as "charger" | "csms", bytes);
    after(wait);
  }
  world.handle({ kind: "end", from: "charger", atNs: world.now });
  world.handle({ kind: "end", from: "csms", atNs: world.now });
  after(100);
  world.after(100_000);
  return { world, times };
};

describe("shapes", () => {
  test("latency, bandwidth and slicer lose, add and reorder no byte, and do the same for the same seed", () => {
    fc.assert(
      fc.property(then, pieces, (rules, sent) => {
        const first = run(rules, sent);
        for (const to of ["charger", "csms"] as const) {
          const expected = concat(sent.filter(({ from }) => from !== to).map(({ bytes }) => bytes));
          expect(first.world.sentTo(to)).toEqual(expected);
          expect(first.world.ended[to]).toBe("end");
        }
        expect(first.world.done).toBe(true);
        expect(run(rules, sent).times).toEqual(first.times);
      }),
      { numRuns: 20 },
    );
  });

  test("are put once, however often their rule acts", () => {
    const rules =
      "version: 1\nrules: [ { id: r, when: { action: A }, then: [ { latency: { ms: 100, direction: cp-to-csms } } ] } ]";
    play(relayPlayer({ rules }), [
      '>> charger text [2,"1","A",{}]',
      '<< csms gets text [2,"1","A",{}]',
      '>> charger text [2,"2","A",{}]',
      '>> charger text [2,"3","A",{}]',
      ">> after 100",
      '<< csms gets text [2,"2","A",{}]',
      '<< csms gets text [2,"3","A",{}]',
    ]);
  });

  test("of a rule that is disarmed end at the next event, after sending what waits", () => {
    const live = new LiveRules({ mayChange: true });
    live.replace(rulesOf(onConnection("{ latency: 1s }")), { armed: true });
    const relay = createRelay({
      connection: 1,
      identity: "CP1",
      ordinal: 1,
      limits: relayLimits,
      rules: createDecider(live, 7),
    });
    const bytes = (byte: number): readonly RelayCommand[] =>
      relay.handle({ kind: "bytes", from: "csms", atNs: 1, chunk: Uint8Array.of(0x89, 1, byte) });
    const writes = (commands: readonly RelayCommand[]) =>
      commands.flatMap((command) => (command.kind === "write" ? [command.bytes[2]] : []));
    relay.handle({ kind: "start", atNs: 0 });
    expect(writes(bytes(65))).toEqual([]);
    live.disarmAll();
    const commands = bytes(66);
    expect(writes(commands)).toEqual([65, 66]);
    const notes = commands.flatMap((command) =>
      command.kind === "record" && command.entry.kind === "note" ? [command.entry.message] : [],
    );
    expect(notes).toEqual(["r1: latency is over, cp-to-csms", "r1: latency is over, csms-to-cp"]);
  });

  test("delay the close of a rule, which then ends both sides", () => {
    const rules =
      "version: 1\nrules:\n  - { id: a, then: [ { latency: 100 } ] }\n  - { id: b, when: { action: Bad }, then: [ { close: {} } ] }\n";
    const bound = rules.replace("{ id: a, then", "{ id: a, when: { window: { to: 1h } }, then");
    play(relayPlayer({ rules: bound }), [
      '>> charger text [2,"1","Bad",{}]',
      ">> after 100",
      "<< csms gets close 1011",
      "<< csms gets the end",
      "<< charger gets close 1011",
      "<< charger gets the end",
      ">> charger end",
      ">> csms end",
      "<< done",
    ]);
  });

  test("with a black hole among them do not keep a rule from closing the connection", () => {
    const rules =
      "version: 1\nrules:\n  - { id: a, then: [ { blackhole: {} } ] }\n  - { id: b, when: { action: Bad }, then: [ { close: {} } ] }\n";
    play(relayPlayer({ rules }), [
      '>> charger text [2,"1","Bad",{}]',
      ">> after 2000",
      "<< charger gets the reset",
      "<< csms gets the reset",
      "<< done",
    ]);
  });

  test("leave commands without bytes as they are", () => {
    const live = new LiveRules({ mayChange: false });
    const shaping = new Shaping({ connection: 1, holdBytes: 10, rules: live });
    const commands: readonly RelayCommand[] = [{ kind: "pause", from: "csms" }, { kind: "done" }];
    expect(shaping.shape(commands, 1)).toEqual(commands);
  });
});
