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
  test("an accepted change is reported, with the password in its own member", () => {
    const seen = watchAll(key, fromCharger('[3,"7",{"status":"Accepted"}]'));
    expect(seen).toEqual([
      {
        kind: "accepted",
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
  ])("the refusal %s is reported without a password", (answer, text) => {
    const [seen, ...more] = watchAll(key, fromCharger(answer));
    expect(seen).toMatchObject({ kind: "refused", text: expect.stringMatching(text) });
    expect(seen).not.toHaveProperty("password");
    expect(more).toEqual([]);
  });

  test("a change without an answer is reported when the connection ends", () => {
    const seen = watchAll(fromCsms('[2,"1","Reset",{"type":"Hard"}]'), closed);
    expect(seen).toMatchObject([{ kind: "unanswered", atNs: 9, text: expect.stringContaining("Reset") }]);
    expect(watchAll(closed)).toEqual([]);
  });

  test("other messages, their answers and commands from the charger are not reported", () => {
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

  test("a command in fragments with a ping between them is reported", () => {
    const part = (opcode: number, fin: boolean, text: string) =>
      fromCsms("", { raw: encodeFrame({ opcode, fin, payload: utf8(text) }) });
    const seen = watchAll(
      part(1, false, '[2,"1","Res'),
      part(9, true, "x"),
      part(0, false, 'et",{"ty'),
      part(0, true, 'pe":"Soft"}]'),
      fromCharger('[3,"1",{"status":"Accepted"}]'),
    );
    expect(seen).toMatchObject([{ kind: "accepted", text: expect.stringContaining("Soft") }]);
  });

  const agreed = utf8("HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  const compressing = { ...opened, response: { raw: agreed, hidden: [] } } as Entry;
  const packed = (text: string): Uint8Array =>
    encodeFrame({ opcode: 1, rsv: 4, payload: deflateRawSync(text).subarray(0) });

  test("a compressed command is reported if compression was negotiated", () => {
    const seen = watchAll(
      compressing,
      fromCsms("", { raw: packed('[2,"1","Reset",{"type":"Soft"}]') }),
      fromCharger("", { raw: packed('[3,"1",{"status":"Accepted"}]') }),
    );
    expect(seen).toMatchObject([{ kind: "accepted" }]);
  });

  test("a compressed message that cannot be read is reported once as the end of the watch", () => {
    const junk = fromCsms("", {
      raw: encodeFrame({ opcode: 1, rsv: 4, payload: utf8("\u0007junk\u0007junk") }),
    });
    expect(watchAll(compressing, junk, junk)).toMatchObject([{ kind: "blind" }]);
  });

  test("after a compressed message that is too large the watch ends", () => {
    const huge = encodeFrame({ opcode: 1, rsv: 4, payload: new Uint8Array(2_000_000) });
    expect(watchAll(compressing, fromCsms("", { raw: huge }))).toMatchObject([{ kind: "blind" }]);
    const plain = encodeFrame({ opcode: 1, payload: new Uint8Array(2_000_000) });
    expect(watchAll(compressing, fromCsms("", { raw: plain }))).toEqual([]);
  });

  test("compression without negotiation and connections without a beginning are skipped", () => {
    expect(watchAll(fromCsms("", { raw: packed('[2,"1","Reset",{}]') }))).toEqual([]);
    expect(createConnectivityWatch(inflate).handle(key)).toEqual([]);
  });

  test("the watch never throws, for any entries", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 6 }), (entries) => {
        for (const { text } of watchAll(...entries)) expect(text).not.toContain("\n");
      }),
    );
  });
});
