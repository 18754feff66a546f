// The end of a chunked body, however its bytes are split.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1 } from "../../../src/base/bytes.js";
import { createChunkedEnd } from "../../../src/wire/http/chunked-end.js";
import { anyCuts, cut } from "../../support/cassettes/frames.js";

const body = '5\r\nhello\r\nA;name="x"\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n';

describe("a chunked body", () => {
  test("is complete with its last line and not before, however it is split", () => {
    fc.assert(
      fc.property(anyCuts, (places) => {
        const end = createChunkedEnd();
        const answers = cut(fromLatin1(body), places).map((part) => end.push(part));
        expect(answers.pop()).toBe(true);
        expect(answers).not.toContain(true);
      }),
    );
  });

  test("stays complete when more bytes follow", () => {
    const end = createChunkedEnd();
    expect(end.push(fromLatin1("0\r\n\r\nGET / HTTP/1.1\r\n"))).toBe(true);
    expect(end.push(fromLatin1("more"))).toBe(true);
  });

  test.each([
    "x\r\n",
    "-1\r\n",
    "\r\n",
    "5\r\nhelloX\r\n0\r\n\r\n",
    `${"1".repeat(20_000)}\r\n`,
    "ffffffffffffff\r\n",
  ])("never ends if it is malformed: %j", (bytes) => {
    const end = createChunkedEnd();
    expect(end.push(fromLatin1(bytes))).toBe(false);
    expect(end.push(fromLatin1("0\r\n\r\n"))).toBe(false);
  });

  test("may end its lines with a line feed alone", () => {
    expect(createChunkedEnd().push(fromLatin1("1\nx\n0\n\n"))).toBe(true);
  });
});
