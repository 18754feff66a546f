import { describe, expect, test } from "vitest";
import { messageDetector } from "../../../../src/analyse/lint/detectors/message.js";
import { validationRules } from "../../../../src/ocpp/validation/validation-rules.js";
import { boot16, bootAnswer, Story, startAnswer, stop16 } from "../../../support/cassettes/story.js";

describe("what one message says of itself", () => {
  test("all validation rules are codes of findings", () => {
    const codes = messageDetector.codes.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(Object.keys(validationRules)));
  });

  test("broken JSON is a finding with its place", () => {
    const [found] = new Story().text(2, "cp-to-csms", '[2,"a","Heartbeat",{,"b":1}]').findings();
    expect(found).toMatchObject({ code: "json-comma", class: "defect", span: { offset: 20, length: 1 } });
  });

  test("an id of more than 36 characters is a finding", () => {
    const id = "x".repeat(37);
    const codes = new Story()
      .call(2, "Heartbeat", {}, { currentTime: "2026-01-01T10:00:02Z" }, { id })
      .codes();
    expect(codes).toContain("defect message-id-length");
  });

  test("an unknown action is a finding", () => {
    expect(new Story().call(2, "MakeCoffee", {}, {}).codes()).toContain("defect unknown-action");
  });

  test("an error code of no version, or of another version, is a finding", () => {
    const story = new Story().ask(2, "ClearCache", {}, undefined, { id: "a" });
    expect(story.text(2.1, "cp-to-csms", '[4,"a","Broken","",{}]').codes()).toContain("defect error-code");
    const spelt = new Story().ask(2, "ClearCache", {}, undefined, { id: "a" });
    expect(spelt.text(2.1, "cp-to-csms", '[4,"a","OccurrenceConstraintViolation","",{}]').codes()).toContain(
      "smell error-code-spelling",
    );
  });

  test("a CALL or an answer that breaks its schema is a finding", () => {
    const story = new Story().call(2, "BootNotification", { chargePointVendor: "V" }, { status: "Accepted" });
    const found = story.findings().filter(({ code }) => code === "missing-member");
    expect(found.map(({ action, pointer }) => `${action} ${pointer}`)).toEqual([
      "BootNotification /3/chargePointModel",
      "BootNotification /2/currentTime",
      "BootNotification /2/interval",
    ]);
  });

  test("an unknown stop reason has a code of its own", () => {
    const stop = { ...stop16(100), reason: "PowerSurge" };
    const codes = new Story().call(100, "StopTransaction", stop, {}).codes();
    expect(codes).toContain("defect invalid-stop-reason");
    expect(codes).not.toContain("defect unknown-value");
  });

  test("a text that is not UTF-8 is a finding at its first bad byte", () => {
    const payload = Uint8Array.from(Buffer.from('[2,"a","Heartbeat",{"x":"äÿ"}]', "latin1"));
    const mask = Uint8Array.of(1, 2, 3, 4);
    const [found] = new Story().frame(2, "cp-to-csms", { opcode: 1, payload, mask }).findings();
    expect(found).toMatchObject({ code: "text-not-utf-8", span: { offset: 25, length: 1 } });
  });

  test("a message compressed without negotiation is a finding", () => {
    const frame = { opcode: 1, rsv: 4, payload: Uint8Array.of(1, 2, 3), mask: Uint8Array.of(1, 2, 3, 4) };
    expect(new Story().frame(2, "cp-to-csms", frame).codes()).toEqual(["defect compressed-unasked"]);
  });

  test("compression is not a finding if the handshake is unknown", () => {
    const frame = { opcode: 1, rsv: 4, payload: Uint8Array.of(1, 2, 3), mask: Uint8Array.of(1, 2, 3, 4) };
    const story = new Story({ unknown: ["handshake"] }).frame(2, "cp-to-csms", frame);
    expect(story.codes()).toEqual([]);
  });

  test("a message that the log cut is not a finding", () => {
    const payload = new TextEncoder().encode('[2,"a","MeterValues",{"connectorId":1,"met...');
    const codes = (unknown: readonly "exact-bytes"[]): readonly string[] =>
      new Story({ capture: "messages", unknown }).frame(2, "cp-to-csms", { opcode: 1, payload }).codes();
    expect(codes([])).not.toEqual([]);
    expect(codes(["exact-bytes"])).toEqual([]);
  });

  test("valid messages have no findings", () => {
    const story = new Story()
      .call(1, "BootNotification", boot16, bootAnswer())
      .call(2, "Authorize", { idTag: "ÄÖ" }, { idTagInfo: { status: "Accepted" } });
    expect(story.codes()).toEqual(["smell not-printable-ascii"]);
  });

  test("messages are judged by the chosen profile", () => {
    const unitHz = {
      connectorId: 1,
      meterValue: [{ timestamp: "2026-01-01T10:00:00Z", sampledValue: [{ value: "50", unit: "Hz" }] }],
    };
    const story = new Story().call(2, "MeterValues", unitHz, {});
    expect(story.codes()).toEqual(["smell unknown-value"]);
    expect(story.codes({ profile: "spec" })).toEqual(["defect unknown-value"]);
  });

  test("only the JSON text is judged if the version has no schemas", () => {
    const story = new Story({ subprotocol: "ocpp1.5" }).call(2, "Anything", { x: 1 }, startAnswer());
    expect(story.codes()).toEqual([]);
    expect(story.text(3, "cp-to-csms", "[2,").codes()).toEqual(["defect json-cut-off"]);
  });
});
