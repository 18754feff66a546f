// Records of replays for GitHub Actions: workflow commands that become annotations, and a summary in Markdown. Text of a
// peer cannot end or begin a command and cannot be markup.

import { printable } from "../../text/printable.js";
import type { ReplayRecord } from "../verdict/replay-record.js";
import { results } from "../verdict/verdict.js";
import { type ReplayCase, replayCases } from "./replay-cases.js";

/** The most annotations of one cassette; further ones are only counted. */
const mostAnnotations = 50;
const longestMessage = 4000;
const mostRows = 100;

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(printable(text, 300)).replaceAll(":", "%3A").replaceAll(",", "%2C");

const command = (level: "error" | "warning" | "notice", title: string, lines: readonly string[]): string => {
  const text = lines.map((line) => printable(line, longestMessage)).join("\n");
  return `::${level} title=${escapeProperty(title)}::${escapeData(text.slice(0, longestMessage))}`;
};

const verdictOf = ({ outcome }: ReplayRecord): string => outcome?.verdict ?? "no verdict";

const reasonOf = ({ outcome, error }: ReplayRecord): string => error ?? outcome?.reason ?? "";

const failed = (record: ReplayRecord): readonly ReplayCase[] =>
  replayCases(record).filter(({ state }) => state === "failed");

/** The workflow commands of a replay. */
export function githubCommands(record: ReplayRecord): readonly string[] {
  const { cassette } = record;
  const verdict = verdictOf(record);
  const failures = failed(record);
  const lines = failures
    .slice(0, mostAnnotations)
    .map(({ name, message, details }) =>
      command("error", `${cassette} ${name}`, details.length === 1 ? [message] : [message, ...details]),
    );
  if (failures.length > mostAnnotations)
    lines.push(command("error", cassette, [`${failures.length - mostAnnotations} more differences`]));
  if (["error", "interrupted", "no verdict"].includes(verdict))
    lines.push(
      command("error", cassette, [[verdict, reasonOf(record)].filter((word) => word !== "").join(": ")]),
    );
  return lines;
}

/** A text as the content of a table cell, without markup. */
const cell = (text: string, longest = 300): string =>
  printable(text, longest).replace(/[\\`*_{}[\]()#+\-.!|<>&~@:]/g, (mark) => `&#${mark.charCodeAt(0)};`);

const countsOf = ({ outcome }: ReplayRecord): string => {
  if (outcome === undefined) return "";
  const { counts } = outcome;
  return [...results, "unmet" as const]
    .filter((result) => counts[result] > 0)
    .map((result) => `${counts[result]} ${result}`)
    .join(", ");
};

/** The summary of all replays, in Markdown. */
export function githubSummary(records: readonly ReplayRecord[]): string {
  const lines = ["## Replay", "", "| cassette | CSMS | verdict | messages |", "|---|---|---|---|"];
  for (const record of records)
    lines.push(
      `| ${cell(record.cassette)} | ${cell(record.csms)} | ${verdictOf(record)} | ${cell(countsOf(record) || reasonOf(record))} |`,
    );
  const rows = records.flatMap((record) =>
    failed(record).map(
      ({ name, message }) => `| ${cell(record.cassette)} | ${cell(name)} | ${cell(message, 600)} |`,
    ),
  );
  if (rows.length > 0)
    lines.push("", "| cassette | message | what differs |", "|---|---|---|", ...rows.slice(0, mostRows));
  if (rows.length > mostRows) lines.push("", `${rows.length - mostRows} more are not listed.`);
  return `${lines.join("\n")}\n`;
}
