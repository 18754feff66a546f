// The code in docs/writing-a-fault.md is a fault that works.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ruledMessage, textFrame } from "../rules/sample.js";
import { noOp } from "../support/worlds/no-op.js";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the page shows the file that is compiled here, import path aside", () => {
  const shown = /```ts\n([\s\S]*?)```/.exec(read("docs/writing-a-fault.md"))?.[1];
  expect(shown).toBe(
    read("test/support/worlds/no-op.ts").replace(
      "../../../src/rules/contract/fault.js",
      "../../contract/fault.js",
    ),
  );
});

test("the fault of the page leaves a message alone and says so", () => {
  const text = '[2,"1","Heartbeat",{}]';
  const copies = [textFrame(text).raw];
  const made = noOp.apply({}, { message: ruledMessage(text), copies, draw: () => 0 });
  expect(made).toEqual({ outcome: "left alone", copies, draw: null });
  expect(made.copies).toBe(copies);
});
