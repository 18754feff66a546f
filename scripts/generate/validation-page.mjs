// docs/reference/validation.md from the table of rules.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const intro = `# Validation of messages

Generated from \`src/ocpp/validation/validation-rules.ts\` by \`npm run generate\`; do not edit.

Validation never stops a message: it is recorded and forwarded, and its issues are listed. A *defect* breaks a MUST or loses
data. A *smell* is legal but advised against, or so common in the field that every peer has to accept it. \`-\`: not
reported. Three profiles rate the same issues:

- \`field\` (the default): known quirks of real chargers and backends are smells;
- \`spec\`: the specifications and JSON schemas of the Open Charge Alliance, with their errata;
- \`strict\`: also what the strictest implementations require: times in UTC, texts that are printable ASCII and not empty,
  readings of at most 500 characters, integers of 16 bits (1.6).

An issue has the bytes of its place. For a missing member this is the object, for an extra member the member with its comma,
for a missing comma or bracket the empty place where it belongs. Replacing exactly these bytes by something valid removes
exactly this issue. At most 10,000 issues of a message are listed; of a message with more than 500,000 values, only the
first one that breaks its schema. The payload of an answer is validated only if its CALL is known, and the payload of a
message that was cut off is not validated.
`;

/** The page, as [path, text]. */
export async function validationPage() {
  const file = pathToFileURL(join(root, "dist", "ocpp", "validation", "validation-rules.js")).href;
  const { validationRules, quirks } = await import(file);
  const rules = Object.entries(validationRules).map(([code, { what, clause, field, spec, strict }]) => {
    const clauses = clause["1.6"] === clause["2.x"] ? clause["1.6"] : `${clause["1.6"]}; ${clause["2.x"]}`;
    return `| \`${code}\` | ${what} | ${field} | ${spec} | ${strict} | ${clauses} |`;
  });
  const known = quirks.map(
    ({ code, version, at, sends }) =>
      `| \`${code}\` | \`…/${at.join("/")}\` | ${version ?? "all"} | ${sends} |`,
  );
  const text = `${intro}
## Rules

| code | what is wrong | field | spec | strict | clause |
|---|---|---|---|---|---|
${rules.join("\n")}

## Known quirks

These defects are smells in the profile \`field\`, at these places (\`*\` is any index).

| code | where | version | what the field sends |
|---|---|---|---|
${known.join("\n")}
`;
  return [["docs/reference/validation.md", text]];
}
