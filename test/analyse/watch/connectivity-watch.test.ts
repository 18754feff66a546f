// The watch over commands that change how a charger connects: fed with entries, asked for what it saw.
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createConnectivityWatch } from "../../../src/analyse/watch/connectivity-watch.js";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { anyEntry, fromCharger, fromCsms, smallRecording } from "../../support/cassettes/entries.js";

const [, , opened] = smallRecording(0);
const closed: Entry = { kind: "connection-closed", connection: 1, at: 9, ends: [] };

const watchAll = (...entries: readonly Entry[]) => {
  const watch = createConnectivityWatch(inflate);
  return [opened as Entry, ...entries].flatMap((entry) => watch.handle(entry));
};

const key = fromCsms('[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"geheim"}]');

describe("the watch", () => {
  test("tells an accepted change, with the password apart from the words", () => {
    const seen = watchAll(key, fromCharger('[3,"7",{"status":"Accepted"}]'));
    expect(seen).toEqual([
      {
        kind: "taken",
        connection: 1,
        atNs: 1000,
        key: "AuthorizationKey",
        text: expect.stringMatching(/^Accepted by the charger: ChangeConfiguration AuthorizationKey: /),
        password: "geheim",
      },
    ]);
    expect(seen[0]?.text).not.toContain("geheim");
  });

  test.each([
    ['[3,"7",{"status":"Rejected"}]', /^Rejected by/],
    ['[4,"7","NotSupported","",{}]', /^NotSupported by/],
    ['[3,"7",', /^unreadable by/],
  ])("tells the refusal %s without a password", (answer, text) => {
    const [seen, ...more] = watchAll(key, fromCharger(answer));
    expect(seen).toMatchObject({ kind: "refused", text: expect.stringMatching(text) });
    expect(seen).not.toHaveProperty("password");
    expect(more).toEqual([]);
  });

  test("tells a change that the connection's end left open", () => {
    const seen = watchAll(fromCsms('[2,"1","Reset",{"type":"Hard"}]'), closed);
    expect(seen).toMatchObject([{ kind: "open", atNs: 9, text: expect.stringContaining("Reset") }]);
    expect(watchAll(closed)).toEqual([]);
  });

  test("hears nothing in other dialogue, in answers to it, and in what comes from the wrong side", () => {
    expect(
      watchAll(
        fromCsms('[2,"1","GetConfiguration",{}]'),
        fromCharger('[3,"1",{"status":"Accepted"}]'),
        fromCharger('[2,"2","Reset",{"type":"Hard"}]'),
        fromCsms('[3,"2",{"status":"Accepted"}]'),
        key,
        fromCharger('[3,"8",{"status":"Accepted"}]'),
        fromCharger('[2,"7","Heartbeat",{}]'),
      ),
    ).toEqual([]);
  });

  test("joins a message from its frames, with a ping between them", () => {
    const part = (opcode: number, fin: boolean, text: string) =>
      fromCsms("", { raw: encodeFrame({ opcode, fin, payload: utf8(text) }) });
    const seen = watchAll(
      part(1, false, '[2,"1","Res'),
      part(9, true, "x"),
      part(0, false, 'et",{"ty'),
      part(0, true, 'pe":"Soft"}]'),
      fromCharger('[3,"1",{"status":"Accepted"}]'),
    );
    expect(seen).toMatchObject([{ kind: "taken", text: expect.stringContaining("Soft") }]);
  });

  const agreed = utf8("HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  const compressing = { ...opened, response: { raw: agreed, hidden: [] } } as Entry;
  const packed = (text: string): Uint8Array =>
    encodeFrame({ opcode: 1, rsv: 4, payload: deflateRawSync(text).subarray(0) });

  test("reads compressed messages where compression was agreed", () => {
    const seen = watchAll(
      compressing,
      fromCsms("", { raw: packed('[2,"1","Reset",{"type":"Soft"}]') }),
      fromCharger("", { raw: packed('[3,"1",{"status":"Accepted"}]') }),
    );
    expect(seen).toMatchObject([{ kind: "taken" }]);
  });

  test("says once that it is blind where a compressed message cannot be read", () => {
    const junk = fromCsms("", {
      raw: encodeFrame({ opcode: 1, rsv: 4, payload: utf8("\u0007junk\u0007junk") }),
    });
    expect(watchAll(compressing, junk, junk)).toMatchObject([{ kind: "blind" }]);
  });

  test("is blind behind a compressed message that is too large to be read", () => {
    const huge = encodeFrame({ opcode: 1, rsv: 4, payload: new Uint8Array(2_000_000) });
    expect(watchAll(compressing, fromCsms("", { raw: huge }))).toMatchObject([{ kind: "blind" }]);
    const plain = encodeFrame({ opcode: 1, payload: new Uint8Array(2_000_000) });
    expect(watchAll(compressing, fromCsms("", { raw: plain }))).toEqual([]);
  });

  test("passes over compressed messages that nobody agreed to, and connections it has not seen begin", () => {
    expect(watchAll(fromCsms("", { raw: packed('[2,"1","Reset",{}]') }))).toEqual([]);
    expect(createConnectivityWatch(inflate).handle(key)).toEqual([]);
  });

  test("has an answer to any entries", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 6 }), (entries) => {
        for (const { text } of watchAll(...entries)) expect(text).not.toContain("\n");
      }),
    );
  });
});
