import { describe, expect, test } from "vitest";
import { filterScript } from "../../../src/analyse/report/filter-script.js";

/** Runs the script with a form and frames that only come when they are let. */
const page = () => {
  const listeners = new Map<string, (event: { preventDefault(): void }) => void>();
  const frames = new Map<number, () => void>();
  let applied = 0;
  const names = ["form", "apply", "requestAnimationFrame", "cancelAnimationFrame"];
  new Function(...names, filterScript)(
    { addEventListener: (name: string, listener: () => void) => listeners.set(name, listener) },
    () => applied++,
    (run: () => void) => {
      frames.set(frames.size + 1, run);
      return frames.size;
    },
    (id: number) => frames.delete(id),
  );
  return {
    send: (name: string, event = { preventDefault: () => {} }) => listeners.get(name)?.(event),
    drawFrame: () => {
      for (const run of frames.values()) run();
    },
    applied: () => applied,
  };
};

describe("the filter form of a page", () => {
  test("the filters of a page are applied at most once per animation frame", () => {
    const { send, drawFrame, applied } = page();
    send("input");
    send("input");
    expect(applied()).toBe(0);
    drawFrame();
    expect(applied()).toBe(1);
  });

  test("the filter form of a page is never submitted", () => {
    let prevented = 0;
    page().send("submit", { preventDefault: () => prevented++ });
    expect(prevented).toBe(1);
  });
});
