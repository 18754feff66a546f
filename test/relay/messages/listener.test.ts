// Names of messages: type, id and action, for answers that of their CALL.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { createListener } from "../../../src/relay/messages/listener.js";
import {
  encodeFrame,
  type FrameParts,
  type FrameView,
  readFrame,
} from "../../../src/wire/websocket/frame.js";

const frame = (body: string, over: Partial<FrameParts> = {}): FrameView => {
  const view = readFrame(encodeFrame({ opcode: 1, payload: utf8(body), ...over }));
  if (view === undefined) throw new Error("no frame");
  return view;
};

describe("a listener", () => {
  test("names a CALL by itself and its answer by the CALL", () => {
    const listener = createListener();
    expect(listener.name("cp-to-csms", [frame('[2,"1","Heartbeat",{}]')])).toEqual({
      type: "CALL",
      id: "1",
      action: "Heartbeat",
    });
    expect(listener.name("csms-to-cp", [frame('[3,"1",{}]')])).toMatchObject({
      type: "CALLRESULT",
      action: "Heartbeat",
    });
    expect(listener.name("csms-to-cp", [frame('[3,"1",{}]')])).toMatchObject({ action: undefined });
  });

  test("keeps the CALLs of both directions apart", () => {
    const listener = createListener();
    listener.name("cp-to-csms", [frame('[2,"1","Heartbeat",{}]')]);
    listener.name("csms-to-cp", [frame('[2,"1","Reset",{}]')]);
    expect(listener.name("cp-to-csms", [frame('[4,"1","GenericError","",{}]')])).toMatchObject({
      action: "Reset",
    });
    expect(listener.name("csms-to-cp", [frame('[3,"1",{}]')])).toMatchObject({ action: "Heartbeat" });
  });

  test("hears fragments, with pings and empty ones between", () => {
    const listener = createListener();
    listener.hear("cp-to-csms", frame('[2,"1","Heart', { fin: false }));
    listener.hear("cp-to-csms", frame("x", { opcode: 9 }));
    listener.hear("cp-to-csms", frame("", { opcode: 0, fin: false }));
    listener.hear("cp-to-csms", frame('beat",{}]', { opcode: 0 }));
    expect(listener.name("csms-to-cp", [frame('[3,"1",{}]')])).toMatchObject({ action: "Heartbeat" });
  });

  test("names a message by its beginning, however long it is, and forgets one that never ends", () => {
    const listener = createListener();
    listener.hear("cp-to-csms", frame('[2,"9","Never', { fin: false }));
    listener.hear("cp-to-csms", frame('[2,"1","DataTransfer",{"data":"', { fin: false }));
    for (let i = 0; i < 100; i++)
      listener.hear("cp-to-csms", frame("x".repeat(100), { opcode: 0, fin: false }));
    listener.hear("cp-to-csms", frame('"}]', { opcode: 0 }));
    expect(listener.name("csms-to-cp", [frame('[3,"1",{}]')])).toMatchObject({ action: "DataTransfer" });
  });

  test("says where a message cannot be read", () => {
    expect(createListener().name("cp-to-csms", [frame("nonsense")])).toMatchObject({ type: "unreadable" });
  });
});
