// Digests over what was sent.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../../src/base/bytes.js";
import { type DigestedStream, Fingerprint } from "../../../../src/replay/station/run/fingerprint.js";
import { sha256 } from "../../../support/worlds/station-player.js";

const of = (...messages: readonly (readonly [DigestedStream, string])[]): Fingerprint => {
  const fingerprint = new Fingerprint(sha256);
  for (const [stream, named] of messages) fingerprint.add(stream, named, utf8(named));
  return fingerprint;
};

describe("a fingerprint", () => {
  test("a fingerprint does not depend on how CALLs and answers interleave", () => {
    const a = of(["calls", "1"], ["answers", "x"], ["calls", "2"]);
    const b = of(["answers", "x"], ["calls", "1"], ["calls", "2"]);
    expect(a.named).toBe(b.named);
    expect(a.bytes).toBe(b.bytes);
    expect(a.named).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("a fingerprint depends on the order in a stream, on the stream and on where messages end", () => {
    const prints = [
      of(["calls", "1"], ["calls", "2"]),
      of(["calls", "2"], ["calls", "1"]),
      of(["calls", "1"], ["answers", "2"]),
      of(["calls", "12"]),
      of(),
    ];
    expect(new Set(prints.map(({ named }) => named)).size).toBe(prints.length);
  });
});
