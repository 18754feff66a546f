// The file with the last meter readings.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readMeterState, writeMeterState } from "../../../src/io/station/meter-state.js";

const folder = mkdtempSync(join(tmpdir(), "meter-state-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("readings are kept by CSMS, identity and connector, without temporary files", () => {
  const path = join(folder, "meters.json");
  expect(readMeterState(path)).toEqual({});
  writeMeterState(path, "host:1", "CP-1", { 1: "100", 2: "7.5" });
  writeMeterState(path, "host:1", "CP-1", { 1: "200" });
  writeMeterState(path, "host:2", "__proto__", { 1: "1" });
  expect(readMeterState(path)["host:1"]).toEqual({ "CP-1": { 1: "200", 2: "7.5" } });
  expect(readFileSync(path, "utf8")).toContain('"__proto__"');
  expect(readdirSync(folder)).toEqual(["meters.json"]);
});

test("a file that holds something else is refused, and so is a path that cannot be written", () => {
  const path = join(folder, "other.json");
  for (const content of ["{", "{}", '{"version":1,"stops":{"a":{"b":{"1":5}}}}']) {
    writeFileSync(path, content);
    expect(() => readMeterState(path)).toThrow(expect.objectContaining({ code: "USAGE" }));
  }
  expect(() => writeMeterState(join(folder, "no", "x.json"), "h", "i", { 1: "1" })).toThrow(
    expect.objectContaining({ code: "FILE_UNWRITABLE" }),
  );
});
