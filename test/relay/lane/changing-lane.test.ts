import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, text, utf8 } from "../../../src/base/bytes.js";
import { createRelay } from "../../../src/relay/connection/connection.js";
import { relayLimits } from "../../../src/relay/limits.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { encodeFrame, payloadOf } from "../../../src/wire/websocket/frame.js";
import { createScanner } from "../../../src/wire/websocket/scanner.js";
import { ruleSet } from "../../rules/sample.js";

const mask = Uint8Array.of(1, 2, 3, 4);
const call = (i: number): string => JSON.stringify([2, `${i}`, "Heartbeat", { i }]);

/** Messages, some in fragments with a ping between them. */
const stream = (count: number, fragmented: ReadonlySet<number>): Uint8Array =>
  concat(
    Array.from({ length: count }, (_, i) => {
      const payload = utf8(call(i));
      if (!fragmented.has(i)) return encodeFrame({ opcode: 1, payload, mask });
      return concat([
        encodeFrame({ opcode: 1, fin: false, payload: payload.subarray(0, 5), mask }),
        encodeFrame({ opcode: 9, payload: utf8("p"), mask }),
        encodeFrame({ opcode: 0, payload: payload.subarray(5), mask }),
      ]);
    }),
  );

const relay = (rules: LiveRules) =>
  createRelay({
    connection: 1,
    identity: "CP1",
    ordinal: 1,
    limits: relayLimits,
    rules: createDecider(rules, 1),
  });

const sentOf = (commands: readonly RelayCommand[]): Uint8Array =>
  concat(commands.flatMap((command) => (command.kind === "write" ? [command.bytes] : [])));

const rule = (then: string): LiveRules => {
  const rules = new LiveRules({ mayChange: true });
  rules.replace(ruleSet(`{ id: a, when: { action: Heartbeat }, then: [ ${then} ] }`), { armed: false });
  return rules;
};

describe("a lane whose rules can change", () => {
  test("loses, repeats and changes no byte, wherever rules are armed and disarmed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 11 })),
        (cuts, switches, fragmented) => {
          const rules = rule("duplicate: { times: 1 }");
          rules.replace(ruleSet("{ id: b, when: { action: Nothing }, then: [ drop: ] }"), { armed: false });
          const bytes = stream(12, new Set(fragmented));
          const machine = relay(rules);
          const commands: RelayCommand[] = [];
          let at = 0;
          for (let i = 0; at < bytes.length; i++) {
            if (switches[i % switches.length] === true) rules.arm("b");
            else rules.disarm("b");
            const chunk = bytes.subarray(at, at + (cuts[i % cuts.length] ?? 1));
            at += chunk.length;
            commands.push(...machine.handle({ kind: "bytes", from: "charger", atNs: i, chunk }));
          }
          expect(sentOf(commands)).toEqual(bytes);
          const recorded = commands.flatMap((command) =>
            command.kind === "record" && command.entry.kind === "frame" ? [command.entry.raw] : [],
          );
          expect(concat(recorded)).toEqual(bytes);
        },
      ),
    );
  });

  test("lets a rule act from the next message on", () => {
    const rules = rule("drop: {}");
    const machine = relay(rules);
    const first = stream(1, new Set());
    const send = (chunk: Uint8Array): readonly string[] => {
      const out = sentOf(machine.handle({ kind: "bytes", from: "charger", atNs: 0, chunk }));
      return createScanner(1000)
        .push(out)
        .flatMap((piece) => (piece.kind === "frame" ? [text(payloadOf(piece.frame))] : []));
    };
    expect(send(first)).toEqual([call(0)]);
    expect(
      sentOf(machine.handle({ kind: "bytes", from: "charger", atNs: 0, chunk: first.subarray(0, 7) })),
    ).toEqual(first.subarray(0, 7));
    rules.arm("a");
    // The message that had begun passes to its end; the one after it is the first to be dropped.
    expect(
      sentOf(
        machine.handle({
          kind: "bytes",
          from: "charger",
          atNs: 0,
          chunk: concat([first.subarray(7), first]),
        }),
      ),
    ).toEqual(first.subarray(7));
    rules.disarm("a");
    expect(send(first)).toEqual([call(0)]);
  });
});

test("a message of the operator makes gates of taps, so that its answer can be kept", () => {
  const machine = relay(new LiveRules({ mayChange: true }));
  const payload = utf8('[2,"own","Reset",{}]');
  const commands = machine.handle({
    kind: "operator",
    command: { kind: "inject", direction: "csms-to-cp", payload, isText: true, when: "idle", by: "someone" },
    atNs: 0,
  });
  expect(sentOf(commands)).toEqual(encodeFrame({ opcode: 1, payload }));
  const answer = (text: string): Uint8Array =>
    sentOf(
      machine.handle({
        kind: "bytes",
        from: "charger",
        atNs: 1,
        chunk: encodeFrame({ opcode: 1, payload: utf8(text), mask }),
      }),
    );
  expect(answer('[3,"own",{}]')).toHaveLength(0);
  expect(answer('[3,"other",{}]')).not.toHaveLength(0);
});
