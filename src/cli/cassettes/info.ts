// `ocpp-vcr info`: what a cassette is and what it holds, counted.

import type { Command } from "commander";
import { type RecordingSummary, summaryOf, type TypeCounts } from "../../analyse/messages/summary.js";
import { trimmedCode } from "../../analyse/select/kept-entry.js";
import { unknownInWords } from "../../cassette/source-capabilities.js";
import type { CassetteFile } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { jsonLine, printable } from "../../text/printable.js";
import { eachCassette, entriesOf, seconds } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";

const types = (counts: TypeCounts): string => {
  const found = Object.entries(counts).filter(([type, count]) => count > 0 && type !== "control");
  return found.map(([type, count]) => `${count} ${type}`).join(", ") || "none";
};

const orUnknown = (value: string | null): string => printable(value ?? "unknown", 200);

const words = (
  cassette: CassetteFile,
  summary: RecordingSummary,
  unknown: string | undefined,
): readonly (readonly [string, string])[] => {
  const { frames, messages, entries, seed, csms } = summary;
  const others = Object.entries(entries).filter(([kind]) => kind !== "frame");
  return [
    ["identity", orUnknown(summary.identity)],
    ["started", orUnknown(summary.startedAt)],
    ["duration", summary.durationNs === null ? "unknown" : seconds(summary.durationNs)],
    ["capture", summary.capture === "messages" ? "messages" : "wire"],
    ...(unknown === undefined ? [] : [["not known", unknown] as const]),
    ["made by", `${orUnknown(summary.source)}, ${orUnknown(summary.tool)}`],
    ...(csms === null ? [] : [["csms", printable(csms, 200)] as const]),
    ...(seed === null ? [] : [["seed", String(seed)] as const]),
    [
      "connections",
      `${summary.connections} (${summary.subprotocols.map((name) => printable(name, 60)).join(", ")})`,
    ],
    ["frames", `${frames["cp-to-csms"]} cp>csms, ${frames["csms-to-cp"]} csms>cp`],
    ["cp>csms", types(messages["cp-to-csms"])],
    ["csms>cp", types(messages["csms-to-cp"])],
    ...trimmedWords(cassette),
    ["other", others.map(([kind, count]) => `${count} ${kind}`).join(", ") || "nothing"],
    ["state", `${cassette.state}, ${cassette.findings.length} findings, ${cassette.size} bytes`],
  ];
};

/** What a cassette that was made from a larger one says of that. */
const trimmedWords = (cassette: CassetteFile): readonly (readonly [string, string])[] =>
  trimsOf(cassette).map((words) => ["trimmed", printable(words, 400)]);

const trimsOf = (cassette: CassetteFile): readonly string[] =>
  entriesOf(cassette).flatMap((entry) =>
    entry.kind === "note" && entry.code === trimmedCode ? [entry.message] : [],
  );

const run = async (session: CliSession, paths: readonly string[], json: boolean): Promise<void> => {
  for await (const cassette of eachCassette(session, paths)) {
    const entries = entriesOf(cassette);
    const summary = summaryOf(entries, inflate);
    const unknown = unknownInWords(entries.find((entry) => entry.kind === "session"));
    const { path, state, size, findings } = cassette;
    const trimmed = trimsOf(cassette);
    if (json) session.out(jsonLine({ path, ...summary, trimmed, state, size, findings: findings.length }));
    else {
      session.out(session.paint.bold(printable(path)));
      for (const [name, value] of words(cassette, summary, unknown))
        session.out(`  ${name.padEnd(12)}${value}`);
    }
  }
};

/** Adds `info` to the program. */
export function registerInfo(program: Command, session: CliSession): void {
  program
    .command("info")
    .description("Print a summary of cassettes: charge point, times, messages, state of the file.")
    .argument("<cassette...>", "cassettes, or folders of cassettes")
    .option("--json", "one JSON object per cassette on stdout")
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr info recordings/CP1\n  ocpp-vcr info --json recordings/CP1/*.cassette",
    )
    .action((paths: string[], { json }: { json?: true }) => run(session, paths, json === true));
}
