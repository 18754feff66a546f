// Records of replays as JUnit XML, in the form that CI servers read (testsuites, testsuite, testcase, failure, skipped,
// error, properties). Valid XML 1.0 for any text of a peer: a character that XML cannot hold becomes a visible escape.

import { printable } from "../../text/printable.js";
import type { ReplayRecord } from "../verdict/replay-record.js";
import { type ReplayCase, replayCases } from "./replay-cases.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** One line of any text, for an element or an attribute. */
const xml = (text: string): string =>
  printable(text)
    .replace(/[\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");

const attributes = (pairs: Readonly<Record<string, string | number>>): string =>
  Object.entries(pairs)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join("");

const seconds = (ms: number | null): string => ((ms ?? 0) / 1000).toFixed(6);

const caseXml = (one: ReplayCase, className: string): string => {
  const head = attributes({ classname: className, name: one.name, time: seconds(one.latencyMs) });
  const lines = one.details.map(xml).join("\n");
  switch (one.state) {
    case "passed":
      return `    <testcase${head}/>`;
    case "expected":
      return `    <testcase${head}><skipped${attributes({ message: `expected: ${one.message}` })}/></testcase>`;
    case "failed":
      return `    <testcase${head}><failure${attributes({ message: one.message, type: "difference" })}>${lines}</failure></testcase>`;
  }
};

/** The case of a replay as a whole, where it has no compared messages or no verdict. */
const wholeCase = (record: ReplayRecord): readonly string[] => {
  const verdict = record.outcome?.verdict;
  const reason = record.error ?? record.outcome?.reason ?? "";
  const head = `    <testcase${attributes({ classname: record.cassette, name: "replay", time: seconds(null) })}>`;
  if (verdict === "not-applicable")
    return [`${head}<skipped message="not-applicable: nothing was compared"/></testcase>`];
  if (verdict !== undefined && verdict !== "error" && verdict !== "interrupted") return [];
  const word = verdict ?? "no verdict";
  const message = reason === "" ? word : `${word}: ${reason}`;
  return [`${head}<error${attributes({ message, type: word })}/></testcase>`];
};

const suiteXml = (record: ReplayRecord): Suite => {
  const { cassette, outcome, identity, csms, made } = record;
  const cases = replayCases(record);
  const whole = wholeCase(record);
  const failures = cases.filter(({ state }) => state === "failed").length;
  const isSkipped = whole[0]?.includes("<skipped ") === true;
  const counts = {
    tests: cases.length + whole.length,
    failures,
    errors: whole.length > 0 && !isSkipped ? 1 : 0,
    skipped: cases.filter(({ state }) => state === "expected").length + (isSkipped ? 1 : 0),
  };
  const properties = {
    verdict: outcome?.verdict ?? "none",
    fingerprint: outcome?.fingerprint ?? "none",
    bytes: outcome?.bytes ?? "none",
    seed: made?.seed ?? "none",
    run: made?.run ?? "none",
    identity,
    csms,
  };
  const lines = [
    `  <testsuite${attributes({ name: cassette, ...counts })}>`,
    "    <properties>",
    ...Object.entries(properties).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    "    </properties>",
    ...whole,
    ...cases.map((one) => caseXml(one, cassette)),
    "  </testsuite>",
  ];
  return { counts, lines };
};

interface Suite {
  readonly counts: Readonly<Record<"tests" | "failures" | "errors" | "skipped", number>>;
  readonly lines: readonly string[];
}

/** The JUnit document of these replays. */
export function junitXml(records: readonly ReplayRecord[]): string {
  const suites = records.map(suiteXml);
  const sum = (name: keyof Suite["counts"]): number =>
    suites.reduce((total, { counts }) => total + counts[name], 0);
  const totals = {
    name: "ocpp-vcr replay",
    tests: sum("tests"),
    failures: sum("failures"),
    errors: sum("errors"),
    skipped: sum("skipped"),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(totals)}>`,
    ...suites.flatMap(({ lines }) => lines),
    "</testsuites>",
    "",
  ].join("\n");
}
