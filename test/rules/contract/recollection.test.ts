import { expect, test } from "vitest";
import { mostRemembered, recollect } from "../../../src/rules/contract/recollection.js";

test("a recollection holds the last messages, and no others", () => {
  const memory = recollect();
  for (let i = 1; i <= mostRemembered + 2; i++) memory.note(Uint8Array.of(i));
  expect(memory.earlier(1)).toEqual(Uint8Array.of(mostRemembered + 2));
  expect(memory.earlier(mostRemembered)).toEqual(Uint8Array.of(3));
  expect([memory.earlier(mostRemembered + 1), memory.earlier(0)]).toEqual([undefined, undefined]);
});

test("a recollection copies bytes, and holds a limited number of them", () => {
  const memory = recollect();
  const bytes = new Uint8Array(200_000);
  memory.note(bytes);
  bytes[0] = 1;
  expect(memory.earlier(1)?.[0]).toBe(0);
  memory.note(new Uint8Array(100_000));
  expect(memory.earlier(2)).toBeUndefined();
  memory.note(new Uint8Array(300_000));
  expect(memory.earlier(1)?.length).toBe(100_000);
});
