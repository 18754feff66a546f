// Boots found in what a charger sends, whole or in fragments, plain or compressed.
import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BootReader, type BootReading } from "../../../src/analyse/watch/boot-reader.js";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame, type FrameParts } from "../../../src/wire/websocket/frame.js";
import { anyEntry, fromCharger, smallRecording } from "../../support/cassettes/entries.js";

const [, , opened] = smallRecording(0);
const boot = '[2,"1","BootNotification",{"chargePointSerialNumber":"SN-1"}]';
const heartbeat = '[2,"2","Heartbeat",{}]';

const agreed = (parameters: string): Entry => ({
  ...(opened as Extract<Entry, { kind: "connection-opened" }>),
  response: {
    raw: utf8(
      `HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate${parameters}\r\n\r\n`,
    ),
    hidden: [],
  },
});
const frame = (parts: FrameParts): Entry => fromCharger("", { raw: encodeFrame(parts) });
const deflated = (message: string, dictionary?: string): Uint8Array =>
  new Uint8Array(
    deflateRawSync(message, {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(dictionary === undefined ? {} : { dictionary: utf8(dictionary) }),
    }).subarray(0, -4),
  );
const compressed = (payload: Uint8Array): Entry => frame({ opcode: 1, rsv: 4, payload });
const readings = (...entries: readonly Entry[]): BootReading[] => {
  const reader = new BootReader(inflate);
  return entries.flatMap((entry) => reader.read(entry) ?? []);
};
const found: BootReading = { kind: "boot", serials: ["SN-1"] };
const other: BootReading = { kind: "other", isOcpp: true };

describe("BootReader", () => {
  test("a plain, fragmented or compressed boot is read, also with a ping inside it", () => {
    const whole = deflated(boot);
    expect(readings(opened as Entry, fromCharger(boot))).toEqual([found]);
    expect(readings(agreed(""), compressed(whole))).toEqual([found]);
    expect(
      readings(
        agreed(""),
        frame({ opcode: 1, rsv: 4, fin: false, payload: whole.subarray(0, 9) }),
        frame({ opcode: 9, payload: utf8("?") }),
        frame({ opcode: 0, payload: whole.subarray(9) }),
      ),
    ).toEqual([found]);
  });

  test("a compressed boot is inflated with the window that was negotiated", () => {
    const leaning = compressed(deflated(boot, heartbeat));
    expect(readings(agreed(""), compressed(deflated(heartbeat)), leaning)).toEqual([other, found]);
    const alone = "; client_no_context_takeover";
    expect(readings(agreed(alone), compressed(deflated(heartbeat)), compressed(deflated(boot)))).toEqual([
      other,
      found,
    ]);
  });

  test("a message that is not OCPP is distinguished from one that is not a boot", () => {
    expect(readings(fromCharger("hello"), fromCharger(heartbeat))).toEqual([
      { kind: "other", isOcpp: false },
      other,
    ]);
  });

  const bytes = (why: "opaque" | "run" | "cut-off"): Entry => ({
    kind: "bytes",
    connection: 1,
    direction: "cp-to-csms",
    rx: 1,
    tx: 1,
    seen: 0,
    why,
    raw: utf8("x"),
  });
  test.each<[string, Entry, RegExp]>([
    ["broken", compressed(Uint8Array.of(0xff, 0xff)), /cannot be inflated/],
    ["a bomb", compressed(deflated("a".repeat(2_000_000))), /cannot be inflated/],
    ["too large", frame({ opcode: 1, payload: new Uint8Array(2_000_000) }), /too large/],
    ["of an extension", frame({ opcode: 1, rsv: 2, payload: utf8(boot) }), /extension/],
    ["passed on in runs", bytes("run"), /too large/],
    ["not in frames", bytes("opaque"), /valid WebSocket frames/],
  ])("a message that is %s is reported as unreadable with the reason", (_name, entry, why) => {
    expect(readings(agreed(""), entry)).toEqual([
      { kind: "unreadable", why: expect.stringMatching(why) as string },
    ]);
  });

  test("a stream that ends inside a frame gives no reading", () => {
    expect(readings(bytes("cut-off"))).toEqual([]);
  });

  test("the boot reader never throws, for any entries", () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        readings(...entries);
      }),
    );
  });
});
