import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/analyse/lint/findings.js";
import { Linter, lintDefaults, lintEntries } from "../../../src/analyse/lint/lint.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import { importFrames } from "../../../src/cassette/formats/frames.js";
import { importOpenOcppTrace } from "../../../src/cassette/formats/open-ocpp-trace-reader.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { anyEntry } from "../../support/cassettes/entries.js";
import { linesOf, sample, shared, sharedTraces } from "../../support/cassettes/samples.js";
import { Story } from "../../support/cassettes/story.js";

const context = { salt: () => 1, wall: "2026-01-01T00:00:00Z", tool: "test" };

const traceCodes = (trace: string): readonly string[] => {
  const { recordings } = importOpenOcppTrace(linesOf(trace), "CP-1", context);
  return recordings.flatMap(({ entries }) => lintEntries(entries).map(({ code }) => code));
};

describe("a recording under all detectors", () => {
  test("a finding is given when it is first detected", () => {
    const linter = new Linter(lintDefaults);
    const fresh: Finding[] = [];
    const story = new Story().call(1, "MakeCoffee", {}, {}).call(2, "MakeCoffee", {}, {});
    for (const [i, entry] of story.entries().entries()) fresh.push(...linter.push(entry, i));
    expect(fresh.map(({ code }) => code)).toEqual(["unknown-action"]);
    expect(linter.findings.list()[0]?.count).toBe(2);
  });

  test("nothing is judged across a gap or lost bytes", () => {
    const story = new Story().call(10, "Heartbeat").gap(20).close(300);
    expect(story.codes()).toEqual([]);
    const entries = new Story().call(10, "Heartbeat").close(300).entries();
    const lost = {
      kind: "bytes",
      connection: 1,
      direction: "csms-to-cp",
      rx: 11e9,
      tx: null,
      seen: 0,
    } as const;
    const withLoss = entries.toSpliced(-1, 0, { ...lost, why: "opaque", raw: Uint8Array.of(1) });
    expect(lintEntries(withLoss)).toEqual([]);
  });

  test("lint never throws, for any entries", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 20 }), (entries) => {
        expect(Array.isArray(lintEntries(entries))).toBe(true);
      }),
    );
  });

  test("the shipped sample recordings have no defect", () => {
    for (const name of ["sample-1.6", "sample-2.0.1"]) {
      const bytes = readFileSync(join(import.meta.dirname, "../../../recordings", `${name}.cassette`));
      const entries = readCassette(bytes, crc32).entries.map(({ entry }) => entry);
      expect(lintEntries(entries).filter((finding) => finding.class === "defect")).toEqual([]);
    }
  });

  test("the quirk frames give findings for their quirks", () => {
    const { recordings } = importFrames(linesOf(sample("quirk-frames.ndjson")), "quirks", context);
    const findings = recordings.flatMap(({ entries }) => lintEntries(entries));
    expect(findings.length).toBeGreaterThan(10);
  });
});

describe("the conformance fixtures", () => {
  const traces = sharedTraces();

  test.runIf(traces.length > 0)(
    "each conformance trace gives the finding in its name, and the normal session none",
    () => {
      for (const { name, trace } of traces)
        if (name === "normal-session") expect(traceCodes(trace), name).toEqual([]);
        else expect(traceCodes(trace), name).toContain(name);
    },
  );
});

describe("the corpus", () => {
  const golden = JSON.parse(sample("lint-golden.json")) as Record<string, unknown>;

  test.for(["public.ndjson", "public-2.ndjson"])(
    "the findings of the corpus %s are the expected ones",
    (name, { skip }) => {
      const path = shared(`corpus/${name}`);
      if (path === undefined) return skip(`corpus/${name} is not here`);
      const { recordings } = importFrames(linesOf(readFileSync(path, "utf8")), name, context);
      const report = recordings.map(({ entries }) => lintEntries(entries).map(reportLine));
      expect(report).toEqual(golden[name]);
    },
  );
});

const reportLine = ({ code, class: kind, action, pointer, count, first, last }: Finding): string =>
  `${kind} ${code} ${action ?? "?"} ${pointer} x${count} ${first.entry}..${last.entry}`;
