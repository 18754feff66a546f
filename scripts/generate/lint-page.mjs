// docs/reference/lint.md from the detectors' own descriptions.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const intro = `# What a recording is judged by

Generated from \`src/analyse/lint/detectors/\` by \`npm run generate\`; do not edit.

\`ocpp-vcr lint CASSETTE...\` judges whole recordings, \`record --live\` one that still runs, by the same detectors.

- *defect*: a MUST or SHALL is broken, or data is lost;
- *smell*: legal, or only a SHOULD, but it breaks peers;
- *event*: what happened: a refused card, a fault, a transaction still open at the end.

\`--fail-on defect\` (the default) or \`--fail-on smell\` decides what ends with exit code 1; events never do. Findings of
one code, action, pointer (indexes as \`*\`) and direction are one, with a count and the first and last place.

Unknown is not absent: where a recording does not hold handshakes, control frames, closes or times (imported logs),
nothing is concluded from their being missing, and an answer that is missing in a log is no defect. Nothing is judged
across a gap, nor what a fault rule touched.

Each message by itself is judged by the rules of [validation.md](validation.md) in the profile \`field\`;
\`--profile spec\` and \`--profile strict\` judge harder. \`--profile FILE\` writes what is peculiar about the charger.

## Silencing

In \`ocpp-vcr.yaml\`, or with \`--suppress\`, separated by commas: a code, a code for one action, or for one place in it.

\`\`\`yaml
lint:
  fail-on: smell
  suppress: [clock-drift, "unknown-value:StatusNotification:/3/errorCode"]
\`\`\`

## \`--json\`

One line per finding: \`code\`, \`class\`, \`connection\`, \`entry\`, \`pointer\`, \`offset\`, \`length\` (bytes in the message's
text) and \`message\` of the first place, and \`count\`; besides \`action\`, \`direction\`, \`by\`, \`clause\`, \`first\`, \`last\`
and \`cassette\`. \`record --live --json\` prints the same with \`"event":"finding"\` and \`identity\`, as soon as it finds the first
of a kind; there \`entry\` counts the entries that were told, which checkpoints are not.
`;

const section = ({ code, class: kind, clause, doc }) => `### ${code}

${kind}. ${doc}

Written in: ${clause}
`;

/** The page, as [path, text]. */
export async function lintPage() {
  const at = (...path) => pathToFileURL(join(root, "dist", ...path)).href;
  const { codeTable } = await import(at("analyse", "lint", "detectors", "registry.js"));
  const { validationRules } = await import(at("ocpp", "validation", "validation-rules.js"));
  const codes = [...codeTable.values()].filter(({ code }) => !Object.hasOwn(validationRules, code));
  const rows = codes.map(({ code, class: kind }) => `| [\`${code}\`](#${code}) | ${kind} |`);
  const text = `${intro}
## Codes

Besides those of [validation.md](validation.md):

| code | class |
|---|---|
${rows.join("\n")}

${codes.map(section).join("\n")}`;
  return [["docs/reference/lint.md", text]];
}
