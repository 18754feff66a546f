// What rules make of messages, whatever the rules and the messages are: nothing throws, nothing stalls for ever, and
// what no rule may touch stays as it was. And what is compressed in agreement.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, hex, utf8 } from "../../../src/base/bytes.js";
import type { Side } from "../../../src/base/direction.js";
import { createRelay, relayLimits } from "../../../src/relay/connection/connection.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { faults } from "../../../src/rules/faults/registry.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { armed, RelayWorld, shown } from "../../support/worlds/relay-player.js";

/** The examples of all message and payload faults, none of which waits longer than a few seconds or weighs much. */
const examples = faults
  .filter(({ name, layer }) => ["message", "payload"].includes(layer) && name !== "drop")
  .map(({ actsBothWays, example }) => ({
    actsBothWays,
    example: example
      .replace("megabytes: 4", "megabytes: 0.01")
      .replace("levels: 10000", "levels: 150")
      .replace(/\d+s/g, "2s"),
  }));

const onLaneAlone = examples.filter(({ actsBothWays }) => !actsBothWays);

const fileOf = (pool: typeof examples) =>
  fc
    .array(
      fc.record({
        faults: fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 3 }),
        when: fc.constantFrom(
          "action: StartTransaction",
          "action: MeterValues",
          "type: CALLRESULT",
          "type: unreadable",
          "type: CALL",
        ),
        trigger: fc.constantFrom("probability: 0.5", "every: 2", "after: 1", "probability: 1"),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((rules) =>
      [
        "version: 1",
        "rules:",
        ...rules.map(
          ({ faults, when, trigger }, i) =>
            `  - { id: r${i}, when: { direction: cp-to-csms, ${when} }, trigger: { ${trigger} }, then: [ ${faults.map(({ example }) => `{ ${example} }`).join(", ")} ] }`,
        ),
      ].join("\n"),
    );

const calls = [
  '"StartTransaction",{"connectorId":1,"idTag":"ABC","meterStart":12,"timestamp":"2026-01-02T03:04:05Z"}',
  '"MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:04:05Z","sampledValue":[{"value":"5","unit":"Wh"}]}]}',
];

const words = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(5), fc.constantFrom(...calls)).map(([id, rest]) => `text [2,"${id}",${rest}]`),
  },
  { weight: 2, arbitrary: fc.nat(5).map((id) => `text [3,"${id}",{"status":"Accepted"}]`) },
  { weight: 1, arbitrary: fc.constantFrom("text [2,", "ping x", "binary [2]", 'text [4,"1","E","",{}]') },
);

const course = fc.array(
  fc.tuple(fc.constantFrom<Side>("charger", "csms"), words, fc.constantFrom(0, 0, 100, 3000)),
  {
    maxLength: 25,
  },
);

const marker = 'text [3,"marker",{}]';

describe("whatever the rules and the messages", () => {
  test("nothing throws, and nothing stalls for ever", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fileOf(examples), course, fc.boolean(), (rules, said, isStopped) => {
        const world = new RelayWorld({ rules });
        for (const [side, line, wait] of said) {
          world.perform(`${side} ${line}`);
          world.after(wait);
        }
        world.after(200_000);
        for (const side of ["charger", "csms"] as const) {
          const before = world.written[side].length;
          world.perform(`${side === "charger" ? "csms" : "charger"} ping marker`);
          expect(world.written[side].slice(before).map(shown)).toContain("ping marker");
        }
        world.perform(`csms ${marker}`);
        expect(world.written.charger.map(shown).filter((line) => line === marker)).toHaveLength(1);
        if (isStopped) world.perform("stop");
        else for (const side of ["charger", "csms"]) world.perform(`${side} end`);
        world.after(200_000);
        expect(world.done).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("the other direction keeps its bytes, and so does what no rule fits", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fileOf(onLaneAlone), course, (rules, said) => {
        const world = new RelayWorld({ rules });
        const alone = new RelayWorld();
        for (const [side, line, wait] of said) {
          world.perform(`${side} ${line}`);
          alone.perform(`${side} ${line}`);
          world.after(wait);
        }
        expect(hex(world.sentTo("charger"))).toBe(hex(concat(alone.written.charger)));
        expect(world.entries.filter(({ kind }) => kind === "frame")).toHaveLength(said.length);
      }),
      { numRuns: 100 },
    );
  });

  test("the same traffic gives the same cassette, decision for decision", () => {
    fc.assert(
      fc.property(fileOf(examples), course, (rules, said) => {
        const [first, second] = [0, 1].map(() => {
          const world = new RelayWorld({ rules });
          for (const [side, line, wait] of said) {
            world.perform(`${side} ${line}`);
            world.after(wait);
          }
          return world.entries;
        });
        expect(first).toEqual(second);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a compressed message of a connection that agreed to compress", () => {
  const run = (then: string, compresses: boolean, when = "direction: cp-to-csms") => {
    const relay = createRelay({
      connection: 1,
      identity: "CP1",
      ordinal: 1,
      limits: relayLimits,
      rules: armed(`version: 1\nrules: [ { id: r1, when: { ${when} }, then: [ ${then} ] } ]`),
      compresses,
    });
    const frame = (rsv: number): Uint8Array => encodeFrame({ opcode: 1, rsv, payload: utf8("abc") });
    const say = (rsv: number): readonly RelayCommand[] =>
      relay.handle({ kind: "bytes", from: "charger", at: 0, chunk: frame(rsv) });
    const told = (commands: readonly RelayCommand[]): readonly string[] =>
      commands.map((command) =>
        command.kind === "record"
          ? `${command.entry.kind}${command.entry.kind === "note" ? ` ${command.entry.code}` : ""}`
          : command.kind,
      );
    return { say: (rsv: number) => told(say(rsv)) };
  };

  test("passes faults that would break those behind it, with one note for all", () => {
    const { say } = run("{ drop: {} }", true);
    expect(say(4)).toEqual(["note compressed", "write", "frame"]);
    expect(say(4)).toEqual(["write", "frame"]);
    expect(say(0)).toEqual(["frame", "decision"]);
  });

  test("is noted once where rules ask for what compression hides", () => {
    const { say } = run("{ drop: {} }", true, "direction: cp-to-csms, type: CALL");
    expect(say(4)).toEqual(["note compressed", "write", "frame"]);
    expect(say(4)).toEqual(["write", "frame"]);
  });

  test("is ruled like any other where nothing was agreed on", () => {
    expect(run("{ drop: {} }", false).say(4)).toEqual(["frame", "decision"]);
  });

  test("can be delayed, with its lane, and replaced by a close", () => {
    const { say } = run("{ delay: 1s }", true);
    expect(say(4)).toEqual(["frame", "decision", "timer"]);
    expect(say(0)).toEqual(["frame", "decision", "timer"].slice(0, 2));
    expect(run("{ close: {} }", true).say(4)).toContain("decision");
  });
});
