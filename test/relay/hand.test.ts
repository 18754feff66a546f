// Messages said by hand: their order, their moment, and the answers that are kept.
import { describe, expect, test } from "vitest";
import { text, utf8 } from "../../src/base/bytes.js";
import { Hand } from "../../src/relay/hand.js";
import type { Lane } from "../../src/relay/lane.js";
import { createListener } from "../../src/relay/listener.js";
import { encodeFrame, payloadOf, readFrame } from "../../src/wire/frame.js";

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
});
