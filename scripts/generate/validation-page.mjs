// docs/reference/validation.md from the table of rules.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const intro = `# What a message is judged by

Generated from \`src/ocpp/validation/validation-rules.ts\` by \`npm run generate\`; do not edit.

A message is carried whatever it says: these rules only name what is wrong with it. A *defect* breaks a MUST or loses
data. A *smell* is legal or only advised against, or it is broken so often that every peer has to live with it. \`-\`:
nothing is said. Three profiles weigh the same findings:

- \`field\` (default): quirks that real chargers and backends are known for are smells;
- \`spec\`: the texts and the JSON schemas of the Open Charge Alliance, errata included;
- \`strict\`: what the strictest implementations demand beyond them: times in UTC, texts of printable ASCII that are not
  empty, readings of at most 500 characters, integers of 16 bits (1.6).

An issue names the bytes where it stands. Of something that is missing in an object it is the object, of a surplus
member the member with the comma that joins it to the others, of a missing comma or bracket the empty place where it
belongs. Replacing exactly these bytes by something legal takes exactly this issue away. More than 10,000 issues of
one message are not told one by one, and of a message of more than 500,000 values only the first breach of its schema.
The payload of an answer is judged only where its CALL is known; the payload of a message that was cut off is not.
`;

/** The page, as [path, text]. */
export async function validationPage() {
  const file = pathToFileURL(join(root, "dist", "ocpp", "validation", "validation-rules.js")).href;
  const { validationRules, quirks } = await import(file);
  const rules = Object.entries(validationRules).map(([code, { says, clause, field, spec, strict }]) => {
    const clauses = clause["1.6"] === clause["2.x"] ? clause["1.6"] : `${clause["1.6"]}; ${clause["2.x"]}`;
    return `| \`${code}\` | ${says} | ${field} | ${spec} | ${strict} | ${clauses} |`;
  });
  const known = quirks.map(
    ({ code, version, at, who }) => `| \`${code}\` | \`…/${at.join("/")}\` | ${version ?? "all"} | ${who} |`,
  );
  const text = `${intro}
## Rules

| code | what is wrong | field | spec | strict | where it is written |
|---|---|---|---|---|---|
${rules.join("\n")}

## Known quirks

Defects that are smells in the profile \`field\`, at these places (\`*\` is any index).

| code | where | version | what the field sends |
|---|---|---|---|
${known.join("\n")}
`;
  return [["docs/reference/validation.md", text]];
}
