// Records that wait: in order, whatever is written of them at a time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, sameBytes } from "../../../src/base/bytes.js";
import { encodeRecord } from "../../../src/cassette/format/codec.js";
import { RecordQueue } from "../../../src/io/cassette/record-queue.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { fromCharger, smallRecording } from "../../support/cassettes/entries.js";

describe("RecordQueue", () => {
  test("gives the records in order, for every size of write", () => {
    const big = fromCharger("x".repeat(100_000));
    const entries = [...smallRecording(), big, ...smallRecording(), big, big];
    const wanted = concat(entries.map((entry) => encodeRecord(entry, 5, crc32)));
    fc.assert(
      fc.property(
        fc.infiniteStream(
          fc.integer({ min: 1, max: 200_000 }).map((size) => (size < 50 ? size * 997 : size)),
        ),
        (sizes) => {
          const queue = new RecordQueue(5, crc32);
          const out: Uint8Array[] = [];
          const write = (): void => {
            const bytes = concat([...queue.take(), new Uint8Array(0)]);
            const length = Math.min(bytes.length, sizes.next().value ?? 1);
            out.push(bytes.slice(0, length));
            queue.written(length);
          };
          for (const [i, entry] of entries.entries()) {
            queue.add(entry);
            if (i % 7 === 0) write();
          }
          while (queue.length > 0) write();
          expect(sameBytes(concat(out), wanted)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("counts the bytes that wait", () => {
    const queue = new RecordQueue(5, crc32);
    const length = queue.add(fromCharger("x")) + queue.addBytes(new Uint8Array(20_000));
    expect(queue.length).toBe(length);
    queue.take();
    queue.written(length);
    expect([queue.length, queue.take()]).toEqual([0, []]);
  });
});
