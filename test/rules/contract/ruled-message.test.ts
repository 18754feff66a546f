import { describe, expect, test, vi } from "vitest";
import { connectionEvent } from "../../../src/rules/contract/ruled-message.js";
import { encodeFrame, readFrame } from "../../../src/wire/websocket/frame.js";
import { connectionOf, ruledMessage, textFrame } from "../sample.js";

const valuesAt = (text: string, ...pointers: readonly string[]): readonly unknown[] => {
  const message = ruledMessage(text);
  return pointers.map((pointer, i) => message.valueAt(i, pointer.slice(1).split("/")).value);
};

describe("a ruled message", () => {
  test("knows its connection, its age and the time of day", () => {
    const connection = connectionOf({ openedAtNs: 1_000_000, sessionStartMs: 5000, ordinal: 2 });
    const message = ruledMessage('[2,"1","Heartbeat",{}]', { atNs: 3_000_000 }, connection);
    expect([message.identity, message.ordinal, message.version]).toEqual(["CP1", 2, "1.6"]);
    expect([message.ageNs, message.wallMs]).toEqual([2_000_000, 5003]);
    expect(message.station).toBe(connection.station);
  });

  test("parses its payload when it is asked for, and once", () => {
    const parse = vi.spyOn(JSON, "parse");
    const message = ruledMessage('[2,"1","A",{"x":{"y":[1,null]}}]');
    expect(parse).not.toHaveBeenCalled();
    expect(message.valueAt(0, ["x", "y", "0"])).toEqual({ found: true, value: 1 });
    expect(message.valueAt(1, ["x", "y", "1"])).toEqual({ found: true, value: null });
    expect(message.valueAt(2, ["x", "z"])).toEqual({ found: false, value: undefined });
    expect(message.valueAt(0, ["x", "y", "0"])).toEqual({ found: true, value: 1 });
    expect(message.payload()).toEqual({ x: { y: [1, null] } });
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  test.each([
    ['[2,"1","Heartbeat",{}]', {}],
    ['[6,"1","NotifyPeriodicEventStream",{"id":1}]', { id: 1 }],
    ['[3,"1",{"status":"Accepted"}]', { status: "Accepted" }],
    ['[4,"1","InternalError","",{"a":1}]', undefined],
    ['[5,"1","InternalError","",{"a":1}]', undefined],
    ["garbage", undefined],
  ])("has the payload of %s", (text, payload) => {
    expect(ruledMessage(text).payload()).toEqual(payload);
  });

  test("finds what many pointers name, each time", () => {
    const text = `[2,"1","A",${JSON.stringify(Array.from({ length: 50 }, (_, i) => i))}]`;
    const pointers = Array.from({ length: 50 }, (_, i) => `/${i}`);
    expect(valuesAt(text, ...pointers)).toEqual(pointers.map((_, i) => i));
  });

  test("joins its fragments, of which it has one payload", () => {
    const first = readFrame(
      encodeFrame({ opcode: 1, fin: false, payload: textFrame('[2,"1",').raw.subarray(6) }),
    );
    const frames = [...(first === undefined ? [] : [first]), textFrame('"A",{"n":1}]')];
    const message = ruledMessage("", { frames });
    expect(message.bytes.length).toBe(frames.reduce((sum, { raw }) => sum + raw.length, 0));
  });

  test("is compressed where both peers agreed and RSV1 is set, which a control frame never means", () => {
    const compressed = (opcode: number, compresses: boolean): boolean => {
      const frame = readFrame(encodeFrame({ opcode, rsv: 4, payload: new Uint8Array(2) }));
      const frames = frame === undefined ? [] : [frame];
      return ruledMessage("", { frames }, connectionOf({ compresses })).isCompressed;
    };
    expect([compressed(1, true), compressed(1, false), compressed(9, true)]).toEqual([true, false, false]);
  });
});

test("an event of a connection has no frames, no payload and the direction of the charger", () => {
  const event = connectionEvent(connectionOf(), "connection", 7, "idle");
  expect(event).toMatchObject({ type: "connection", action: "idle", direction: "cp-to-csms", atNs: 7 });
  expect([event.frames, event.bytes.length, event.payload(), event.isCompressed]).toEqual([
    [],
    0,
    undefined,
    false,
  ]);
});
