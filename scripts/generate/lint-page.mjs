// Writes docs/reference/lint.md from the descriptions of the detectors.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const intro = `# Lint

Generated from \`src/analyse/lint/detectors/\` by \`npm run generate\`; do not edit.

\`ocpp-vcr lint CASSETTE...\` judges whole recordings; \`record --live\` judges a running recording with the same detectors.
Each finding has a class:

- *defect*: a MUST or SHALL is broken, or data is lost;
- *smell*: allowed, or only a SHOULD, but it breaks peers;
- *event*: allowed, and worth knowing: an id tag that was not accepted, a fault, a transaction that still runs at the end.

\`lint\` exits with 1 if there is a defect; with \`--fail-on smell\` also if there is a smell. Events never change the exit
code. Findings with the same code, action, pointer (indexes as \`*\`) and direction are one finding, with a count and its
first and last place.

What a recording does not contain counts as unknown, not as missing: imported logs may lack handshakes, control frames,
closes, times or answers. Nothing is judged across a gap, or on a connection after a fault rule acted on it.

Single messages are judged by the rules of [validation.md](validation.md) with the profile \`field\`; \`--profile spec\` and
\`--profile strict\` are stricter. \`--profile FILE.yaml\` writes the charger's quirks to a file.

A clause names the document and its section: \`OCPP-J 1.6, 4.1.1\` is section 4.1.1 of the JSON specification of OCPP 1.6,
\`OCPP 2.0.1 part 2, B01\` is use case B01.

[Writing a detector](../writing-a-detector.md) shows how to add a code.

## Suppress findings

In \`ocpp-vcr.yaml\`, or with \`--suppress\` and commas: a code, a code for one action, or a code for one pointer of an
action.

\`\`\`yaml
lint:
  fail-on: smell
  suppress: [clock-drift, "unknown-value:StatusNotification:/3/errorCode"]
\`\`\`

## \`--json\`

One line for each finding. \`code\`, \`class\`, \`action\`, \`direction\`, \`by\` (\`charger\` or \`csms\`), \`clause\`, \`count\` and
\`cassette\` are those of the finding. \`connection\`, \`entry\`, \`pointer\`, \`offset\`, \`length\` (bytes in the text of the message)
and \`message\` are those of its first place; \`first\` and \`last\` are the first and the last place.

\`record --live --json\` prints the same with \`"event":"finding"\` and \`identity\`, when a finding is detected for the first
time. There \`entry\` counts the entries without checkpoints.
`;

const section = ({ code, class: kind, clause, doc }) => `### ${code}

${kind[0].toUpperCase()}${kind.slice(1)}. ${doc}

Clause: ${clause}
`;

/** The page as a list of [path, text]. */
export async function lintPage() {
  const at = (...path) => pathToFileURL(join(root, "dist", ...path)).href;
  const { codeTable } = await import(at("analyse", "lint", "detectors", "registry.js"));
  const { validationRules } = await import(at("ocpp", "validation", "validation-rules.js"));
  const codes = [...codeTable.values()].filter(({ code }) => !Object.hasOwn(validationRules, code));
  const rows = codes.map(({ code, class: kind }) => `| [\`${code}\`](#${code}) | ${kind} |`);
  const text = `${intro}
## Codes

In addition to those of [validation.md](validation.md):

| code | class |
|---|---|
${rows.join("\n")}

${codes.map(section).join("\n")}`;
  return [["docs/reference/lint.md", text]];
}
