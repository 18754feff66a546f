// What rules make of messages, for generated rules and messages: nothing throws, nothing stalls for ever, and what no rule
// may touch stays as it was. And messages that are compressed as agreed.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, hex, utf8 } from "../../../src/base/bytes.js";
import type { Side } from "../../../src/base/direction.js";
import { createRelay } from "../../../src/relay/connection/connection.js";
import { relayLimits } from "../../../src/relay/limits.js";
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

const dialogue = fc.array(
  fc.tuple(fc.constantFrom<Side>("charger", "csms"), words, fc.constantFrom(0, 0, 100, 3000)),
  {
    maxLength: 25,
  },
);

const marker = 'text [3,"marker",{}]';

describe("whatever the rules and the messages", () => {
  test("with any rules and any messages, nothing throws and nothing stalls for ever", {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fileOf(examples), dialogue, fc.boolean(), (rules, sent, isStopped) => {
        const world = new RelayWorld({ rules });
        for (const [side, line, wait] of sent) {
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

  test("the other direction keeps its bytes, and so does what no rule matches", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fileOf(onLaneAlone), dialogue, (rules, sent) => {
        const world = new RelayWorld({ rules });
        const alone = new RelayWorld();
        for (const [side, line, wait] of sent) {
          world.perform(`${side} ${line}`);
          alone.perform(`${side} ${line}`);
          world.after(wait);
        }
        expect(hex(world.sentTo("charger"))).toBe(hex(concat(alone.written.charger)));
        expect(world.entries.filter(({ kind }) => kind === "frame")).toHaveLength(sent.length);
      }),
      { numRuns: 100 },
    );
  });

  test("with any rules, the same traffic gives the same cassette, decision for decision", () => {
    fc.assert(
      fc.property(fileOf(examples), dialogue, (rules, sent) => {
        const [first, second] = [0, 1].map(() => {
          const world = new RelayWorld({ rules });
          for (const [side, line, wait] of sent) {
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

describe("a compressed message", () => {
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
    const send = (rsv: number): readonly RelayCommand[] =>
      relay.handle({ kind: "bytes", from: "charger", atNs: 0, chunk: frame(rsv) });
    const kindsOf = (commands: readonly RelayCommand[]): readonly string[] =>
      commands.map((command) =>
        command.kind === "record"
          ? `${command.entry.kind}${command.entry.kind === "note" ? ` ${command.entry.code}` : ""}`
          : command.kind,
      );
    return { send: (rsv: number) => kindsOf(send(rsv)) };
  };

  test("is left alone by faults that would break the messages after it, with one note for all", () => {
    const { send } = run("{ drop: {} }", true);
    expect(send(4)).toEqual(["note compressed", "write", "frame"]);
    expect(send(4)).toEqual(["write", "frame"]);
    expect(send(0)).toEqual(["frame", "decision"]);
  });

  test("is noted once where rules ask for a type that compression hides", () => {
    const { send } = run("{ drop: {} }", true, "direction: cp-to-csms, type: CALL");
    expect(send(4)).toEqual(["note compressed", "write", "frame"]);
    expect(send(4)).toEqual(["write", "frame"]);
  });

  test("is like any other message where no compression was agreed", () => {
    expect(run("{ drop: {} }", false).send(4)).toEqual(["frame", "decision"]);
  });

  test("can be delayed with its lane, and replaced by a close", () => {
    const { send } = run("{ delay: 1s }", true);
    expect(send(4)).toEqual(["frame", "decision", "timer"]);
    expect(send(0)).toEqual(["frame", "decision", "timer"].slice(0, 2));
    expect(run("{ close: {} }", true).send(4)).toContain("decision");
  });
});
