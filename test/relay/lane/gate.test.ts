// A lane that rules may touch: the order of messages, bounded waiting, and what rules do to messages.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, hex, utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { anyCuts, cut } from "../../support/cassettes/frames.js";
import { play } from "../../support/worlds/playbook.js";
import { chargerMask, RelayWorld, relayPlayer, shown } from "../../support/worlds/relay-player.js";
import { delays, fromCharger, neverFiring } from "../../support/worlds/relay-rules.js";

const beat = '[2,"1","Heartbeat",{}]';
const boot = '[2,"2","BootNotification",{}]';
const slow = '[2,"s","Slow",{}]';
const lane = '[2,"l","Lane",{}]';

describe("a rule's decision", () => {
  test("to drop a message sends no bytes, and is recorded", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ drop: {} }") }, true), [
      `>> charger text ${beat}`,
      `<< cassette: cp-to-csms text ${beat}, seen 0`,
      "<< cassette: r1 CALL Heartbeat dropped: ",
      `>> charger text ${boot}`,
      `<< csms gets text ${boot}`,
      `<< cassette: cp-to-csms text ${boot}, seen 0, sent`,
    ]);
  });

  test("a condition on the payload never matches a CALLERROR, which has no payload", () => {
    const rules = `version: 1\nrules:\n  - { id: r1, when: { path: { /errorCode: { exists: true } } }, then: [ { drop: {} } ] }\n`;
    const refusal = '[4,"1","GenericError","",{}]';
    play(relayPlayer({ rules }), [`>> charger text ${refusal}`, `<< csms gets text ${refusal}`]);
  });

  test("to duplicate a message sends it twice", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ duplicate: {} }") }, true), [
      `>> charger text ${beat}`,
      `<< cassette: cp-to-csms text ${beat}, seen 0`,
      `<< cassette: r1 CALL Heartbeat duplicated 1 time: text ${beat} | text ${beat}`,
      `<< csms gets text ${beat}`,
      `<< csms gets text ${beat}`,
    ]);
  });

  test("to malform a message sends the bytes that the recorded decision holds", () => {
    const world = new RelayWorld({ rules: fromCharger("Heartbeat", "{ malformed: { kind: truncated } }") });
    world.perform(`charger begin [2,"1","Heart`);
    world.perform(`charger rest beat",{}]`);
    const decision = world.entries.find((entry) => entry.kind === "decision");
    expect(decision).toMatchObject({
      rule: "r1",
      fault: "malformed",
      type: "CALL",
      action: "Heartbeat",
      ordinal: 1,
    });
    expect(decision?.kind === "decision" && hex(concat(decision.sent))).toBe(hex(world.sentTo("csms")));
    expect(shown(world.sentTo("csms"))).not.toBe(`text ${beat}`);
    const original = [spoken("begin"), spoken("rest")];
    expect(decision?.kind === "decision" && hex(decision.original)).toBe(hex(concat(original)));
  });

  test("on an answer uses the action of its CALL, which passed a tap", () => {
    const rules =
      "version: 1\nrules: [ { id: r1, when: { direction: csms-to-cp, action: Heartbeat }, then: [ { drop: {} } ] } ]";
    play(relayPlayer({ rules }), [
      `>> charger begin [2,"1","Hea`,
      `<< csms gets begin [2,"1","Hea`,
      `>> charger rest rtbeat",{}]`,
      `<< csms gets rest rtbeat",{}]`,
      '>> csms text [3,"0",{}]',
      '<< charger gets text [3,"0",{}]',
      '>> csms text [3,"1",{}]',
    ]);
  });
});

const spoken = (kind: "begin" | "rest"): Uint8Array =>
  kind === "begin"
    ? encodeFrame({ opcode: 1, fin: false, payload: utf8('[2,"1","Heart'), mask: chargerMask })
    : encodeFrame({ opcode: 0, payload: utf8('beat",{}]'), mask: chargerMask });

describe("the order of messages:", () => {
  test("a delay holds only its message", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ delay: 300ms }") }), [
      `>> charger text ${beat}`,
      `>> charger text ${boot}`,
      `<< csms gets text ${boot}`,
      ">> after 299",
      ">> after 1",
      `<< csms gets text ${beat}`,
    ]);
  });

  test("a delay that holds the lane lets nothing pass but pings and pongs", () => {
    play(relayPlayer({ rules: delays }), [
      `>> charger text ${lane}`,
      `>> charger text ${beat}`,
      ">> charger ping a",
      "<< csms gets ping a",
      ">> charger pong b",
      "<< csms gets pong b",
      `>> charger begin ${boot} + ping c + rest  `,
      "<< csms gets ping c",
      ">> after 200",
      `<< csms gets text ${lane}`,
      `<< csms gets text ${beat}`,
      `<< csms gets begin ${boot}`,
      "<< csms gets rest",
      ">> charger ping d",
      "<< csms gets ping d",
    ]);
  });

  test("a ping overtakes held messages, and never a message that is still arriving", () => {
    play(relayPlayer({ rules: delays }), [
      `>> charger text ${slow}`,
      ">> charger ping a",
      "<< csms gets ping a",
      '>> charger begin [2,"1",',
      ">> charger ping b",
      '>> charger rest "Heartbeat",{}]',
      '<< csms gets begin [2,"1", + ping b + rest "Heartbeat",{}]',
    ]);
  });

  test("a close frame and the end of the stream follow held messages", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ delay: 300ms }") }), [
      `>> charger text ${beat}`,
      ">> charger close 1000 bye",
      ">> charger ping late",
      ">> charger end",
      ">> after 300",
      `<< csms gets text ${beat}`,
      "<< csms gets close 1000 bye",
      "<< csms gets ping late",
      "<< csms gets the end",
    ]);
  });

  test("a close frame between fragments follows held messages as well", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ delay: 300ms }") }), [
      `>> charger text ${beat}`,
      ">> charger begin [2,",
      ">> charger close 1001",
      "<< csms gets begin [2,",
      ">> charger rest more",
      ">> after 300",
      `<< csms gets text ${beat}`,
      "<< csms gets close 1001",
      "<< csms gets rest more",
    ]);
  });

  test("a reset waits for held messages, two seconds at most", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ delay: 60s }") }), [
      `>> charger text ${beat}`,
      ">> charger reset",
      ">> after 1999",
      ">> after 1",
      `<< csms gets text ${beat}`,
      "<< csms gets the reset",
      "<< done",
    ]);
  });

  test("a reset after the end of the stream hurries held messages", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ delay: 60s }") }), [
      `>> charger text ${beat}`,
      ">> charger end",
      ">> charger reset",
      ">> after 2000",
      `<< csms gets text ${beat}`,
      "<< csms gets the end",
      "<< csms gets the reset",
      "<< done",
    ]);
  });

  test("in every dialogue, nothing is lost, each kind of message keeps its order, closes and ends come last", () => {
    const word = fc.constantFrom("text Slow", "text Fast", "text Fast", "ping", "wait");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), anyCuts, (words, places) => {
        const world = new RelayWorld({ rules: delays });
        const sent: string[] = [];
        for (const [i, what] of words.entries()) {
          if (what === "wait") world.after(60);
          else {
            const [kind = "", action] = what.split(" ");
            const body = kind === "text" ? `[2,"${i}","${action}",{}]` : `${i}`;
            sent.push(`${kind} ${body}`);
            const frame = encodeFrame({
              opcode: kind === "text" ? 1 : 9,
              payload: utf8(body),
              mask: chargerMask,
            });
            for (const part of cut(frame, places)) world.bytes("charger", part);
          }
        }
        world.perform("charger close 1000");
        world.perform("charger end");
        world.after(100_000);
        const got = shown(world.sentTo("csms")).split(" + ");
        expect(got.at(-1)).toBe("close 1000");
        expect(world.ended.csms).toBe("end");
        expect(got.slice(0, -1).sort()).toEqual([...sent].sort());
        for (const kind of ["Slow", "Fast", "ping"]) {
          const ofKind = (lines: readonly string[]) => lines.filter((line) => line.includes(kind));
          expect(ofKind(got)).toEqual(ofKind(sent));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("messages of a held lane leave in the order of arrival, after the pings", () => {
    const word = fc.constantFrom("Lane", "Slow", "Fast", "ping");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const world = new RelayWorld({ rules: delays });
        const sent = [
          'text [2,"-","Lane",{}]',
          ...words.map((what, i) => (what === "ping" ? `ping ${i}` : `text [2,"${i}","${what}",{}]`)),
        ];
        for (const line of sent) world.perform(`charger ${line}`);
        const pings = sent.filter((line) => line.startsWith("ping"));
        expect(shown(world.sentTo("csms"))).toBe(pings.join(" + "));
        world.after(100_000);
        const messages = sent.filter((line) => line.startsWith("text"));
        expect(shown(world.sentTo("csms"))).toBe([...pings, ...messages].join(" + "));
      }),
    );
  });
});

describe("waiting for a whole message", () => {
  test("ends after its time: the message goes on without rules, which act again on the next one", () => {
    const player = relayPlayer(
      { rules: fromCharger("Heartbeat", "{ drop: {} }"), limits: { waitMs: 500 } },
      true,
    );
    play(player, [
      '>> charger begin [2,"1","Heartbeat",',
      ">> after 499",
      ">> after 1",
      "<< cassette: note spilled",
      '<< csms gets begin [2,"1","Heartbeat",',
      '<< cassette: cp-to-csms begin [2,"1","Heartbeat",, seen 0, sent',
      ">> charger rest {}]",
      "<< csms gets rest {}]",
      "<< cassette: cp-to-csms rest {}], seen 0, sent",
      `>> charger text ${beat}`,
      `<< cassette: cp-to-csms text ${beat}, seen 0`,
      "<< cassette: r1 CALL Heartbeat dropped: ",
    ]);
  });

  test("ends in the middle of a frame as well, whose rest follows as it comes", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ drop: {} }"), limits: { waitMs: 500 } }), [
      ">> charger bytes 8186010203045a30",
      ">> after 500",
      "<< csms gets bytes 8186010203045a30",
      ">> charger bytes 2f",
      "<< csms gets bytes 2f",
      `>> charger bytes 262f26 + text ${beat}`,
      "<< csms gets bytes 262f26",
    ]);
  });

  test("ends at a number of bytes, in the middle of a frame as well", () => {
    const world = new RelayWorld({ rules: neverFiring, limits: { waitBytes: 1000 } });
    const frame = encodeFrame({ opcode: 1, payload: new Uint8Array(5000), mask: chargerMask });
    world.bytes("charger", frame.subarray(0, 1000));
    expect(world.sentTo("csms")).toHaveLength(0);
    world.bytes("charger", frame.subarray(1000, 1001));
    expect(world.sentTo("csms")).toHaveLength(1001);
    for (let at = 1001; at < frame.length; at += 100) world.bytes("charger", frame.subarray(at, at + 100));
    expect(hex(world.sentTo("csms"))).toBe(hex(frame));
    expect(world.entries.map(({ kind }) => kind)).toEqual(["note", "frame"]);
  });

  test("is bounded for empty fragments as well", () => {
    const world = new RelayWorld({ rules: neverFiring, limits: { waitBytes: 10_000 } });
    world.perform("charger begin x");
    for (let i = 0; i < 40; i++) world.perform("charger more ");
    expect(world.entries.filter(({ kind }) => kind === "note")).toHaveLength(1);
  });

  test("for the rest of a ping ends without spilling the message after it", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ drop: {} }"), limits: { waitMs: 500 } }), [
      ">> charger bytes 89",
      ">> after 500",
      "<< csms gets bytes 89",
      ">> charger bytes 00",
      "<< csms gets bytes 00",
      `>> charger text ${beat}`,
    ]);
  });

  test("for a frame that turns out oversized ends without spilling the message after it", () => {
    const world = new RelayWorld({
      rules: fromCharger("Heartbeat", "{ drop: {} }"),
      limits: { maxFrame: 100, waitMs: 500 },
    });
    const big = encodeFrame({ opcode: 2, payload: new Uint8Array(200), mask: chargerMask });
    world.bytes("charger", big.subarray(0, 1));
    world.bytes("charger", big.subarray(1));
    world.after(1000);
    world.perform(`charger text ${beat}`);
    expect(hex(world.sentTo("csms"))).toBe(hex(big));
    expect(world.entries.map(({ kind }) => kind)).toEqual(["bytes", "frame", "decision"]);
  });

  test("that the end of the stream cuts short sends what has come, once", () => {
    play(relayPlayer({ rules: neverFiring, limits: { waitMs: 500 } }, true), [
      ">> charger bytes 8185",
      ">> charger end",
      "<< csms gets bytes 8185",
      "<< cassette: cp-to-csms cut-off 8185, sent",
      "<< csms gets the end",
      ">> after 1000",
    ]);
  });
});

describe("holding", () => {
  test("of messages pauses the sender beyond a limit and resumes it at half of that", () => {
    const world = new RelayWorld({
      rules: fromCharger("Heartbeat", "{ delay: 300ms }"),
      limits: { holdBytes: 1000 },
    });
    for (let i = 0; i < 5; i++) world.perform(`charger text ${beat}`);
    expect(world.paused.charger).toBe(false);
    world.after(100);
    for (let i = 0; i < 5; i++) world.perform(`charger text ${beat}`);
    expect(world.paused.charger).toBe(true);
    world.after(199);
    expect(world.paused.charger).toBe(true);
    world.after(201);
    expect(world.paused.charger).toBe(false);
    expect(shown(world.sentTo("csms")).split(" + ")).toHaveLength(10);
  });
});
