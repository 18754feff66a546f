import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { csmsSideOf } from "../../../src/relay/rehearse/csms-view.js";
import { faultsOf } from "../../../src/relay/rehearse/faults-of.js";
import { beat, recorded, rulesOf, someRules } from "../../support/cassettes/faulted-recording.js";

const sentIn = (entries: readonly Entry[]): Uint8Array =>
  concat(
    entries.flatMap((entry) =>
      (entry.kind === "frame" || entry.kind === "bytes") && entry.direction === "cp-to-csms"
        ? [entry.raw]
        : [],
    ),
  );

const sideOf = (recording: readonly Entry[]): readonly Entry[] => {
  const found = faultsOf(recording);
  if (found === undefined) throw new Error("no faults");
  return csmsSideOf(recording, found.faults);
};

const line: fc.Arbitrary<string> = fc.oneof(
  fc.nat(9).map((id) => `charger text ${beat(id)}`),
  fc.nat(9).map((id) => `charger text [2,"${id}","BootNotification",{"a":1}]`),
  fc.nat(9).map((id) => `csms text [3,"${id}",{}]`),
  fc.constant("charger ping x"),
  fc.nat(400).map((ms) => `after ${ms}`),
);

describe("a recording as the CSMS saw it", () => {
  test("holds what went out to the CSMS, byte for byte, for any rules", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (script) => {
        const { world, recording } = recorded(someRules, [...script, "after 2000"]);
        fc.pre(faultsOf(recording) !== undefined);
        expect(sentIn(sideOf([...recording, closing])).length).toBe(world.sentTo("csms").length);
        expect(sentIn(sideOf([...recording, closing]))).toEqual(world.sentTo("csms"));
      }),
    );
  });

  test("keeps what the CSMS sent as it came, and counts the frames before each", () => {
    const script = [`charger text ${beat(1)}`, 'csms text [3,"1",{}]', `charger text ${beat(2)}`];
    const { recording } = recorded(
      rulesOf("{ id: a, when: { type: CALL }, trigger: { nth: 1 }, then: [ duplicate: ] }"),
      script,
    );
    const side = sideOf(recording);
    const frames = side.filter((entry) => entry.kind === "frame");
    expect(frames.map(({ direction, seen }) => [direction, seen])).toEqual([
      ["cp-to-csms", 0],
      ["cp-to-csms", 0],
      ["csms-to-cp", 1],
      ["cp-to-csms", 1],
    ]);
    expect(side.some(({ kind }) => kind === "decision")).toBe(false);
  });

  test("ends as the fault ended the connection", () => {
    const rules = rulesOf(
      "{ id: a, when: { action: Heartbeat, type: CALL }, then: [ { close: { code: 1011 } } ] }",
    );
    const { world, recording } = recorded(rules, [`charger text ${beat(1)}`]);
    expect(sentIn(sideOf([...recording, closing]))).toEqual(world.sentTo("csms"));
    expect(sideOf([...recording, closing]).at(-1)).toMatchObject({ ends: [{ by: "charger", how: "end" }] });
  });
});

const closing: Entry = { kind: "connection-closed", connection: 1, at: 60e9, ends: [] };
