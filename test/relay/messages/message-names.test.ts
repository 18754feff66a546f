import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { MessageNames } from "../../../src/relay/messages/message-names.js";
import {
  encodeFrame,
  type FrameParts,
  type FrameView,
  readFrame,
} from "../../../src/wire/websocket/frame.js";
import { connectionOf } from "../../rules/sample.js";

const frame = (body: string, over: Partial<FrameParts> = {}): FrameView => {
  const view = readFrame(encodeFrame({ opcode: 1, payload: utf8(body), ...over }));
  if (view === undefined) throw new Error("no frame");
  return view;
};

const up = { connection: connectionOf(), direction: "cp-to-csms", heldBack: 0 } as const;
const down = { ...up, direction: "csms-to-cp" } as const;

const named = (names: MessageNames, lane: typeof up | typeof down, text: string): readonly unknown[] => {
  const { type, id, action } = names.message(lane, [frame(text)], 0);
  return [type, id, action];
};

describe("the names of messages", () => {
  test("come from a CALL itself, and for an answer from its CALL", () => {
    const names = new MessageNames();
    expect(named(names, up, '[2,"1","Heartbeat",{}]')).toEqual(["CALL", "1", "Heartbeat"]);
    expect(named(names, down, '[3,"1",{}]')).toEqual(["CALLRESULT", "1", "Heartbeat"]);
    expect(named(names, down, '[3,"1",{}]')).toEqual(["CALLRESULT", "1", undefined]);
  });

  test("keep the CALLs of both directions apart", () => {
    const names = new MessageNames();
    named(names, up, '[2,"1","Heartbeat",{}]');
    named(names, down, '[2,"1","Reset",{}]');
    expect(named(names, up, '[4,"1","GenericError","",{}]')).toEqual(["CALLERROR", "1", "Reset"]);
    expect(named(names, down, '[3,"1",{}]')).toEqual(["CALLRESULT", "1", "Heartbeat"]);
  });

  test("are known of forwarded fragments, with pings and empty ones between", () => {
    const names = new MessageNames();
    const parts = [
      frame('[2,"1","Heart', { fin: false }),
      frame("x", { opcode: 9 }),
      frame("", { opcode: 0, fin: false }),
      frame('beat",{}]', { opcode: 0 }),
    ];
    const ended = parts.map((part) => names.forwarded(up, part, 0)?.action);
    expect(ended).toEqual([undefined, undefined, undefined, "Heartbeat"]);
    expect(named(names, down, '[3,"1",{}]')).toEqual(["CALLRESULT", "1", "Heartbeat"]);
  });

  test("come from the beginning of a message, however long it is; one that never ends has none", () => {
    const names = new MessageNames();
    names.forwarded(up, frame('[2,"9","Never', { fin: false }), 0);
    names.forwarded(up, frame('[2,"1","DataTransfer",{"data":"', { fin: false }), 0);
    for (let i = 0; i < 100; i++) names.forwarded(up, frame("x".repeat(100), { opcode: 0, fin: false }), 0);
    names.forwarded(up, frame('"}]', { opcode: 0 }), 0);
    expect(named(names, down, '[3,"1",{}]')).toEqual(["CALLRESULT", "1", "DataTransfer"]);
  });

  test("are missing where a message cannot be read", () => {
    expect(named(new MessageNames(), up, "nonsense")).toEqual(["unreadable", undefined, undefined]);
  });
});
