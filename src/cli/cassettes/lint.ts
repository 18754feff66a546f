// `ocpp-vcr lint`: runs the detectors over whole recordings, prints the findings and sets the exit code. The detectors
// are in analyse/lint. Above 200 lines, because it also has --explain, --list and the examples of its help.

import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { stringify } from "yaml";
import { quirkProfileOf } from "../../analyse/history/quirk-profile.js";
import { findingClasses } from "../../analyse/lint/detectors/detector.js";
import { codeTable } from "../../analyse/lint/detectors/registry.js";
import type { Finding, Suppression } from "../../analyse/lint/findings.js";
import { Linter, lintDefaults } from "../../analyse/lint/lint.js";
import { errorText, VcrError } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { refuseExisting } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { type Profile, profiles } from "../../ocpp/validation/validation-rules.js";
import { nearest } from "../../text/nearest.js";
import { plural } from "../../text/plural.js";
import { jsonLine, printable } from "../../text/printable.js";
import { eachCassette, entriesOf } from "../common/cassettes.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { durationMs } from "../common/values.js";
import { explanation, findingJson, findingLines } from "../words/lint-words.js";

type FailOn = "defect" | "smell";

interface Options {
  readonly failOn: FailOn;
  readonly profile?: readonly string[];
  readonly suppress?: readonly Suppression[];
  readonly callTimeout: number;
  readonly list?: true;
  readonly explain?: string;
  readonly json?: true;
}

const unknownCode = (code: string): string => {
  const near = nearest(code, [...codeTable.keys()]);
  return near === undefined ? "ocpp-vcr lint --list prints all codes" : `did you mean ${near}?`;
};

/** Reads `CODE`, `CODE:ACTION` or `CODE:ACTION:POINTER`, several with commas between. */
export function suppressions(value: string, before?: readonly Suppression[]): readonly Suppression[] {
  const words = value.split(",").map((word) => word.trim());
  return [...(before ?? []), ...words.filter((word) => word !== "").map(suppression)];
}

const suppression = (word: string): Suppression => {
  const [, code = "", action, pointer] = /^([^:]*)(?::([^:]*))?(?::(.*))?$/.exec(word) ?? [];
  if (!codeTable.has(code)) throw new InvalidArgumentError(`"${code}" is not a code; ${unknownCode(code)}`);
  return {
    code,
    ...(action === undefined || action === "" || action === "*" ? {} : { action }),
    ...(pointer === undefined ? {} : { pointer }),
  };
};

const collect = (value: string, before?: readonly string[]): readonly string[] => [...(before ?? []), value];

/** A validation profile, or a file to write; a misspelled profile must not become a file. */
const collectProfile = (word: string, before?: readonly string[]): readonly string[] => {
  if (isProfile(word) || /\.ya?ml$/i.test(word)) return collect(word, before);
  const near = nearest(word, profiles);
  const meant = near === undefined ? `one of ${profiles.join(", ")}` : near;
  throw new InvalidArgumentError(
    `"${printable(word, 60)}" is neither a profile (did you mean ${meant}?) nor a file that ends in .yaml.`,
  );
};

const isProfile = (word: string): word is Profile => profiles.some((profile) => profile === word);

const summaryOf = (findings: readonly Finding[], suppressed: number): string => {
  const counts = findingClasses.map((kind) =>
    plural(findings.filter((finding) => finding.class === kind).length, kind),
  );
  return `${counts.join(", ")}${suppressed === 0 ? "" : `, ${suppressed} suppressed`}`;
};

const printReport = (session: CliSession, path: string, linter: Linter): void => {
  const { paint } = session;
  const findings = linter.findings.list();
  session.out(`${printable(path)}: ${summaryOf(findings, linter.findings.suppressed)}`);
  for (const kind of findingClasses)
    for (const finding of findings)
      if (finding.class === kind) for (const line of findingLines(finding, paint)) session.out(line);
  if (linter.findings.dropped > 0)
    session.out(`  and ${linter.findings.dropped} more findings that are not listed`);
};

const lintRecording = (entries: readonly Entry[], options: Options): Linter => {
  const linter = new Linter({
    ...lintDefaults,
    profile: options.profile?.findLast(isProfile) ?? lintDefaults.profile,
    callTimeoutMs: options.callTimeout,
    suppressions: options.suppress ?? [],
    inflate,
  });
  for (const [position, entry] of entries.entries()) linter.push(entry, position);
  linter.end();
  return linter;
};

const fails = ({ class: kind }: Finding, failOn: FailOn): boolean =>
  kind === "defect" || (kind === "smell" && failOn === "smell");

const writeProfiles = (path: string, cassettes: readonly (readonly Entry[])[]): void => {
  const documents = cassettes.map((entries) => stringify(quirkProfileOf(entries, inflate)));
  try {
    writeFileSync(path, documents.join("---\n"));
  } catch (error) {
    const why = errorText(error);
    throw new VcrError("FILE_UNWRITABLE", `${path} cannot be written: ${why}`, "", error);
  }
};

const lintAll = async (session: CliSession, paths: readonly string[], options: Options): Promise<void> => {
  const cassettes: (readonly Entry[])[] = [];
  const output = options.profile?.findLast((word) => !isProfile(word));
  if (output !== undefined)
    refuseExisting(output, false, "Choose another name with --profile, or remove the file.");
  for await (const file of eachCassette(session, paths)) {
    const entries = entriesOf(file);
    if (output !== undefined) cassettes.push(entries);
    const linter = lintRecording(entries, options);
    const findings = linter.findings.list();
    if (findings.some((finding) => fails(finding, options.failOn))) raiseExitCode(session, 1);
    if (options.json === true)
      for (const finding of findings) session.out(jsonLine({ ...findingJson(finding), cassette: file.path }));
    else printReport(session, file.path, linter);
  }
  if (output !== undefined) writeProfiles(output, cassettes);
};

const list = (session: CliSession, json: boolean): void => {
  for (const code of codeTable.values())
    if (json) session.out(jsonLine(code));
    else
      session.out(`${code.class.padEnd(6)} ${code.code.padEnd(34)} ${code.doc.replace(/(?<=\.)\s.*$/s, "")}`);
};

const explain = (session: CliSession, code: string, json: boolean): void => {
  const found = codeTable.get(code);
  if (found === undefined)
    throw new VcrError("USAGE", `there is no code "${printable(code, 60)}"`, `${unknownCode(code)}`);
  if (json) session.out(jsonLine(found));
  else for (const line of explanation(found, session.paint)) session.out(line);
};

const run = async (session: CliSession, paths: readonly string[], options: Options): Promise<void> => {
  const json = options.json === true;
  if (options.list === true) list(session, json);
  else if (options.explain !== undefined) explain(session, options.explain, json);
  else if (paths.length === 0)
    throw new VcrError("USAGE", "lint needs a cassette", "Name cassettes, or folders with cassettes.");
  else await lintAll(session, paths, options);
};

/** Adds `lint` to the program. */
export function registerLint(program: Command, session: CliSession): void {
  program
    .command("lint")
    .description("Find defects, smells and events in recordings, each with its place and its clause.")
    .argument("[cassette...]", "cassettes, or folders with cassettes")
    .addOption(
      new Option("--fail-on <class>", "exit with 1 if there is a finding of this class or a worse one")
        .choices(["defect", "smell"])
        .default("defect"),
    )
    .addOption(
      new Option(
        "--profile <word|file>",
        "field, spec or strict: how strictly messages are judged (default: field); or a .yaml file to write the charger's quirks to",
      ).argParser(collectProfile),
    )
    .addOption(
      new Option(
        "--suppress <codes>",
        "leave out these findings: CODE, CODE:ACTION or CODE:ACTION:POINTER, ...",
      ).argParser(suppressions),
    )
    .addOption(
      new Option(
        "--call-timeout <time>",
        "a request without an answer for longer than this no longer counts as open",
      )
        .argParser(durationMs)
        .default(lintDefaults.callTimeoutMs, "30s"),
    )
    .option("--list", "print all codes, one line each")
    .option("--explain <code>", "print what a code means and which clause it refers to")
    .option("--json", "print one JSON object per finding")
    .addHelpText(
      "after",
      `
Examples:
  ocpp-vcr lint recordings/CP1
  ocpp-vcr lint --fail-on smell --json a.cassette
  ocpp-vcr lint --profile quirks.yaml a.cassette
  ocpp-vcr lint --explain heartbeat-irregular

Exit codes: 0, 1 (a finding of the class of --fail-on; never an event), 2 usage, 4 cassette damaged.`,
    )
    .action((paths: string[], options: Options) => run(session, paths, options));
}
