// The negotiated compression of a connection, and the inflation of its messages.
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DirectionInflater, deflateTerms } from "../../../src/analyse/messages/deflate.js";
import { concat, utf8 } from "../../../src/base/bytes.js";
import { inflate } from "../../../src/io/platform/inflate.js";

const answer = (...extensions: string[]): { raw: Uint8Array; hidden: [] } => ({
  raw: utf8(
    ["HTTP/1.1 101 X", ...extensions.map((value) => `Sec-WebSocket-Extensions: ${value}`), "", ""].join(
      "\r\n",
    ),
  ),
  hidden: [],
});

/** What a sender puts into a frame: deflated, its last four bytes left out (RFC 7692 section 7.2.1). */
const deflated = (text: string, dictionary: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, ...(dictionary.length > 0 ? { dictionary } : {}) };
  return new Uint8Array(deflateRawSync(utf8(text), options)).subarray(0, -4);
};

describe("deflateTerms", () => {
  test("a connection without an agreement on compression has no deflate terms", () => {
    expect(deflateTerms(null)).toBeUndefined();
    expect(deflateTerms(answer())).toBeUndefined();
    expect(deflateTerms(answer("x-webkit-deflate-frame"))).toBeUndefined();
  });

  test("the deflate terms name the directions whose sender keeps its window", () => {
    expect(deflateTerms(answer("permessage-deflate"))?.takeover).toEqual({
      "cp-to-csms": true,
      "csms-to-cp": true,
    });
    expect(deflateTerms(answer("foo", "Permessage-Deflate; server_no_context_takeover"))?.takeover).toEqual({
      "cp-to-csms": true,
      "csms-to-cp": false,
    });
    expect(
      deflateTerms(answer("permessage-deflate; client_max_window_bits=12; client_no_context_takeover"))
        ?.takeover,
    ).toEqual({
      "cp-to-csms": false,
      "csms-to-cp": true,
    });
  });
});

describe("DirectionInflater", () => {
  const text = '[2,"1","Heartbeat",{}]';

  test("a message that refers to earlier messages is inflated", () => {
    const inflater = new DirectionInflater(inflate, true);
    let dictionary = new Uint8Array(0);
    for (let i = 0; i < 5; i++) {
      const message = `${text}${i}`.repeat(3000);
      expect(inflater.message(deflated(message, dictionary))).toEqual(utf8(message));
      dictionary = concat([dictionary, utf8(message)]).slice(-32_768);
    }
  });

  test("without context takeover each message is inflated with an empty window", () => {
    const inflater = new DirectionInflater(inflate, false);
    for (let i = 0; i < 3; i++) expect(inflater.message(deflated(text))).toEqual(utf8(text));
  });

  test("a message that refers to a missing message is not inflated to a wrong text", () => {
    const second = "a text that nobody has said before, twice: a text that nobody has said before";
    const leaning = deflated(second, utf8(text + second));
    for (const inflater of [new DirectionInflater(inflate, true), new DirectionInflater(inflate, true)]) {
      inflater.message(deflated(text));
      inflater.forget();
      expect(inflater.message(leaning)).toBeUndefined();
      expect(inflater.message(deflated(text))).toEqual(utf8(text));
    }
  });

  test("data that is not deflated has no inflated message", () => {
    expect(new DirectionInflater(inflate, true).message(utf8("[2,no"))).toBeUndefined();
  });
});
