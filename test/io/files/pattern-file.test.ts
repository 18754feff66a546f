// The patterns that ship, each against its own example, and the files of users.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { importLines } from "../../../src/cassette/formats/lines/lines.js";
import { loadPattern, shippedPatterns } from "../../../src/io/files/pattern-file.js";
import { createBoundedRun } from "../../../src/io/platform/bounded-run.js";

const folder = mkdtempSync(join(tmpdir(), "patterns-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const context = {
  salt: () => 1,
  wall: "2026-01-01T00:00:00.000Z",
  tool: "test",
  attempt: createBoundedRun(1000),
};

describe("the patterns that ship", () => {
  test("are those that are promised", () => {
    expect(shippedPatterns()).toEqual([
      "citrineos",
      "csv",
      "evcc",
      "everest",
      "everest-html",
      "json-lines",
      "mobilityhouse",
      "ocpp-go",
      "steve",
    ]);
  });

  test.each([
    ["json-lines", ['{"message":"server started"}', '{"level":"info","msg":"listening"}']],
    ["csv", ["time,message", "1,server started", "2,listening"]],
  ])("%s invents no charge point from ordinary lines of a log", (name, lines) => {
    const { recordings, report } = importLines([{ name: "server", lines }], loadPattern(name), context);
    expect(recordings).toEqual([]);
    expect(report).toMatchObject({ taken: 0, notUnderstood: 2 });
    expect(report.examples[0]?.text).toContain("server started");
  });

  test.each(shippedPatterns())("%s reads its example", (name) => {
    const pattern = loadPattern(name);
    expect(pattern.about).not.toBe("");
    const { recordings, report } = importLines([{ name: "CP1", lines: pattern.example }], pattern, context);
    expect(report).toMatchObject({ notUnderstood: 0, facts: { messages: 1, corrected: 0 } });
    const [cassette] = recordings;
    expect(cassette?.name).toBe("CP1");
    const [message] = messagesOf(cassette?.entries ?? []);
    expect(message?.direction).toBe("cp-to-csms");
    expect(JSON.parse(message?.text ?? "")).toEqual([2, "1", "Heartbeat", {}]);
  });

  test.each(shippedPatterns())("%s stays quick on hostile lines", (name) => {
    const pattern = loadPattern(name);
    const lines = [
      "[",
      "time=",
      "> ",
      "[a] ",
      " : ",
      '"',
      'a="',
      "<td>",
      "\\",
      "CP: send [",
      "TRACE ",
      "2026-03-01 00:00:00 ",
      "received JSON message from a: ",
      "CP1: send ",
    ].flatMap((bit) => [bit.repeat(100_000 / bit.length), `${bit.repeat(20_000 / bit.length)}!`]);
    const { report } = importLines([{ name: "x", lines }], pattern, context);
    expect(report.examples.filter(({ why }) => why.includes("too long"))).toEqual([]);
  });
});

describe("loadPattern", () => {
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  test("reads YAML and JSON", () => {
    expect(loadPattern(write("mine.yaml", "match: '(?<message>\\[.*)'\n")).name).toBe("mine");
    expect(loadPattern(write("mine.json", '{"match":"(?<message>x)","order":"newest-first"}')).order).toBe(
      "newest-first",
    );
  });

  test("says what is wrong, and what may have been meant", () => {
    expect(() => loadPattern("stave")).toThrow(
      expect.objectContaining({ code: "USAGE", hint: "Did you mean steve?" }),
    );
    expect(() => loadPattern("nobody-knows-this")).toThrow(/known are citrineos/);
    expect(() => loadPattern(join(folder, "missing.yaml"))).toThrow(/cannot be read/);
    expect(() => loadPattern(write("broken.yaml", "match: [\n"))).toThrow(/cannot be used/);
    expect(() => loadPattern(write("bomb.yaml", "a: &a [x]\nb: [*a, *a]\n"))).toThrow(/cannot be used/);
    expect(() => loadPattern(write("poor.yaml", "order: sideways\n"))).toThrow(
      /match is missing.*order is "sideways"/,
    );
  });
});
