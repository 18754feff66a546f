// What happens, as asynchronous iterables: who gets what, when a loop ends, and what a slow loop misses.
import { expect, test } from "vitest";
import { LiveStream } from "../../src/app/live-stream.js";

interface Item {
  readonly n: number;
}

const streamOf = (items = 100): LiveStream<Item> =>
  new LiveStream<Item>({
    costOf: () => 1,
    standInFor: (first, count) => ({ n: -first.n - count * 100 }),
    limits: { items, bytes: 1e6 },
  });

const collect = async (stream: AsyncIterable<Item>, into: number[]): Promise<number[]> => {
  for await (const { n } of stream) into.push(n);
  return into;
};

test("each loop gets every item from the moment it begins, and ends with the source", async () => {
  const stream = streamOf();
  stream.push({ n: 0 });
  const first = collect(stream, []);
  stream.push({ n: 1 });
  const second = collect(stream, []);
  stream.push({ n: 2 });
  stream.end();
  expect(await first).toEqual([1, 2]);
  expect(await second).toEqual([2]);
});

test("a loop that begins after the end is over at once", async () => {
  const stream = streamOf();
  stream.end();
  expect(await collect(stream, [])).toEqual([]);
});

test("a loop that is left takes nothing more", async () => {
  const stream = streamOf();
  const left = (async () => {
    for await (const { n } of stream) if (n === 1) return;
  })();
  stream.push({ n: 1 });
  await left;
  expect(stream.isRead).toBe(false);
});

test("a loop that does not keep up is given a stand-in for the oldest items", async () => {
  const stream = streamOf(4);
  const iterator = stream[Symbol.asyncIterator]();
  for (let n = 1; n <= 5; n++) stream.push({ n });
  stream.end();
  const seen: number[] = [];
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    seen.push(next.value.n);
  // The older half, items 1 to 3, is one stand-in for three.
  expect(seen).toEqual([-301, 4, 5]);
});
