// Messages said by hand: their order, their moment, and the answers that are kept.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, text, utf8 } from "../../src/base/bytes.js";
import { createRelay, relayLimits } from "../../src/relay/connection.js";
import { Hand } from "../../src/relay/hand.js";
import type { Lane } from "../../src/relay/lane.js";
import { createListener } from "../../src/relay/listener.js";
import type { RelayCommand, RelayEvent } from "../../src/relay/protocol.js";
import { createDecider } from "../../src/rules/decide.js";
import { LiveRules } from "../../src/rules/live-rules.js";
import { readRules } from "../../src/rules/read-rules.js";
import { encodeFrame, payloadOf, readFrame } from "../../src/wire/frame.js";
import { createScanner } from "../../src/wire/scanner.js";

const view = (message: string) => {
  const frame = readFrame(encodeFrame({ opcode: 1, payload: utf8(message) }));
  if (frame === undefined) throw new Error("no frame");
  return frame;
};

const world = (isFree: () => boolean = () => true) => {
  const sent: string[] = [];
  const lane = {
    inject: (raw: Uint8Array) => {
      const frame = readFrame(raw);
      if (!isFree() || frame === undefined) return false;
      sent.push(`${frame.mask === undefined ? "down" : "up"} ${text(payloadOf(frame))}`);
      return true;
    },
  } as unknown as Lane;
  const listener = createListener();
  const hand = new Hand(listener);
  const attempt = (): void => hand.attempt({ "cp-to-csms": lane, "csms-to-cp": lane }, 0, []);
  const ask = (
    message: string,
    when: "idle" | "now",
    direction: "cp-to-csms" | "csms-to-cp" = "csms-to-cp",
  ): void => hand.ask({ kind: "inject", direction, payload: utf8(message), isText: true, when, by: "me" });
  return { sent, hand, listener, attempt, ask };
};

describe("messages by hand", () => {
  test("wait for the CALLs of their direction, and keep their order", () => {
    const { sent, hand, listener, attempt, ask } = world();
    listener.name("csms-to-cp", [view('[2,"a","Reset",{}]')]);
    ask('[2,"x","ClearCache",{}]', "idle");
    ask('[2,"y","ClearCache",{}]', "now");
    attempt();
    expect([sent, hand.waiting]).toEqual([[], 2]);
    listener.name("cp-to-csms", [view('[3,"a",{}]')]);
    attempt();
    expect(sent).toEqual(['down [2,"x","ClearCache",{}]', 'down [2,"y","ClearCache",{}]']);
  });

  test("are masked towards the CSMS, and wait where no frame can stand", () => {
    let free = false;
    const { sent, attempt, ask } = world(() => free);
    ask("hello", "now", "cp-to-csms");
    attempt();
    free = true;
    attempt();
    expect(sent).toEqual(["up hello"]);
  });

  test("have the answers to their CALLs kept, once each, and no others", () => {
    const { hand, attempt, ask } = world();
    const { generation } = hand;
    ask('[2,"x","ClearCache",{}]', "now");
    attempt();
    expect(hand.generation).toBeGreaterThan(generation);
    expect([hand.touches("cp-to-csms"), hand.touches("csms-to-cp")]).toEqual([true, false]);
    const answer = { type: "CALLRESULT", id: "x", action: "ClearCache" } as const;
    expect(hand.keeps("csms-to-cp", answer)).toBe(false);
    expect(hand.keeps("cp-to-csms", { ...answer, type: "CALL" })).toBe(false);
    expect(hand.keeps("cp-to-csms", { ...answer, id: "z" })).toBe(false);
    expect([hand.keeps("cp-to-csms", answer), hand.keeps("cp-to-csms", answer)]).toEqual([true, false]);
  });

  test("stand between whole messages, wherever they are asked for and however the stream is cut", () => {
    const messages = Array.from(
      { length: 6 },
      (_, i) => `[2,"${i}","MeterValues",{"n":"${"x".repeat(i * 40)}"}]`,
    );
    const stream = concat(messages.flatMap(fragments));
    fc.assert(
      fc.property(
        fc.array(fc.nat(stream.length), { maxLength: 12 }),
        fc.array(fc.nat(12), { maxLength: 4 }),
        fc.boolean(),
        (cuts, moments, isArmed) => {
          const { relay, sent, tell } = running(isArmed);
          const edges = [0, ...[...cuts].sort((a, b) => a - b), stream.length];
          for (const [i, edge] of edges.slice(1).entries()) {
            if (moments.includes(i)) tell(relay.handle(injection(`i${i}`)));
            const chunk = stream.subarray(edges[i], edge);
            tell(relay.handle({ kind: "bytes", from: "charger", at: 0, chunk }));
          }
          const texts = messagesIn(concat(sent));
          expect(texts.filter((one) => one.startsWith("["))).toEqual(messages);
          const said = new Set(moments.filter((moment) => moment < edges.length - 1));
          expect(texts.filter((one) => one.startsWith("i"))).toHaveLength(said.size);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A message in two fragments, with a ping between them. */
const fragments = (message: string): readonly Uint8Array[] => [
  encodeFrame({ opcode: 1, fin: false, payload: utf8(message.slice(0, 5)) }),
  encodeFrame({ opcode: 9, payload: utf8("p") }),
  encodeFrame({ opcode: 0, payload: utf8(message.slice(5)) }),
];

const injection = (message: string): RelayEvent => {
  const order = { kind: "inject", direction: "cp-to-csms", isText: true, when: "now", by: "me" } as const;
  return { kind: "hand", order: { ...order, payload: utf8(message) }, at: 0 };
};

/** A relay whose rules may change, as a tap or as a gate, and what the CSMS gets from it. */
const running = (isArmed: boolean) => {
  const rules = new LiveRules({ mayChange: true });
  const { ruleSet } = readRules(
    "version: 1\nrules: [ { id: a, when: { action: No }, then: [ { drop: {} } ] } ]\n",
  );
  if (ruleSet !== undefined) rules.replace(ruleSet, { armed: isArmed });
  const decider = createDecider(rules, 1);
  const relay = createRelay({
    connection: 1,
    identity: "CP1",
    ordinal: 1,
    limits: relayLimits,
    rules: decider,
  });
  const sent: Uint8Array[] = [];
  const tell = (commands: readonly RelayCommand[]): void => {
    for (const command of commands) if (command.kind === "write") sent.push(command.octets);
  };
  return { relay, sent, tell };
};

/** The messages of a stream; fails where a message begins inside another. */
const messagesIn = (octets: Uint8Array): readonly string[] => {
  const texts: string[] = [];
  let open: string | undefined;
  for (const piece of createScanner(1 << 20).push(octets)) {
    if (piece.kind !== "frame" || piece.frame.opcode > 7) continue;
    const { opcode, fin } = piece.frame;
    if ((opcode === 0) !== (open !== undefined)) throw new Error("a message begins inside another");
    open = `${open ?? ""}${text(payloadOf(piece.frame))}`;
    if (!fin) continue;
    texts.push(open);
    open = undefined;
  }
  return texts;
};
