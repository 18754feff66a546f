// The samples that tests read: those of the project, and, if they are there, the fixtures of the shared collection.
import { existsSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..");

/** The lines of a text, without the empty one at its end. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** A sample of test/samples/. */
export function sample(name: string): string {
  return readFileSync(join(root, "test", "samples", name), "utf8");
}

/** A trace, and what a consumer must compute from it. */
export interface TraceSample {
  readonly name: string;
  readonly trace: string;
  readonly expected: Record<string, unknown>;
}

const parse = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

/** The project's own traces. */
export function ownTraces(): readonly TraceSample[] {
  return readdirSync(join(root, "test", "samples"))
    .filter((file) => file.endsWith(".trace.jsonl"))
    .map((file) => {
      const name = file.replace(".trace.jsonl", "");
      return { name, trace: sample(file), expected: parse(sample(`${name}.expected.json`)) };
    });
}

/** A file or folder of the shared collection (OCPP_VCR_SHARED or ../shared). Prints a line and returns undefined if it is missing. */
export function shared(path: string): string | undefined {
  const full = join(process.env.OCPP_VCR_SHARED ?? join(root, "..", "shared"), path);
  if (existsSync(full)) return full;
  writeSync(2, `${path} of the shared collection is missing, so its tests are skipped\n`);
  return undefined;
}

/** The conformance fixtures of Open OCPP Trace, if they are there. */
export function sharedTraces(): readonly TraceSample[] {
  const folder = shared("open-ocpp-trace/fixtures");
  if (folder === undefined) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((item) => item.isDirectory());
  return names.map(({ name }) => ({
    name,
    trace: readFileSync(join(folder, name, "trace.jsonl"), "utf8"),
    expected: parse(readFileSync(join(folder, name, "expected.json"), "utf8")),
  }));
}
