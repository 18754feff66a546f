// docs/reference/faults.md and docs/reference/rules.schema.json from the tables that read rule files.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const intro = `# Every fault and every trigger

Generated from \`src/rules/\` by \`npm run generate\`; do not edit. How a rule file is made of them:
[rules.md](rules.md). \`ocpp-vcr rules list\` prints the same, \`ocpp-vcr rules list NAME\` one of them, and
\`ocpp-vcr rules schema\` (kept in [rules.schema.json](rules.schema.json)) tells it to editors.

Every application of a fault is a \`decision\` on the cassette: rule, fault, draw, outcome, the bytes as they came and as
they go out. Where a fault could not be applied (a message that is no JSON has no member to set), the outcome says so
and the bytes are as they were. A fault that is *final* ends the chain, that of later rules as well. What is marked
with **!** can make a transaction message fail for good, which destroys billing data (OCPP 1.6 section 3.7.1).

\`acts on\` tells what a rule with the fault is asked about: messages, pings, pongs, the beginning of a connection,
upgrades, TLS handshakes. Of several, it is the first, unless the rule's \`when\` asks about messages (direction, type,
action, path): then it is messages; or its trigger is \`idle\` or \`schedule\`: then it is the connection.

Before there is a connection, upgrades are counted for each charge point and TLS handshakes for each address (\`nth: 2\`
is the second connection), with \`per: all\` over all of them; their decisions say \`connection: 0\` unless the upgrade
came about. What shapes a stream (\`latency\`, \`bandwidth\`, ...) begins behind the message that it acts on, or with the
connection; shapes compose in the order in which they begin, and a rule that acts again does not put its shape twice.
A note tells when one is over (\`fault-over\`) or ends the connection (\`fault-cut\`). A rule that is disarmed shapes no
more.
`;

const layerTitles = {
  transport: "Transport",
  tls: "TLS",
  frame: "WebSocket frames",
  message: "OCPP messages",
  payload: "Payloads",
};

const cell = (text) => text.replaceAll("|", "\\|");

const standing = (fallback) => {
  if (fallback === undefined) return "must be said";
  return fallback.value === undefined || fallback.value === "" ? "" : `\`${JSON.stringify(fallback.value)}\``;
};

const table = (facts, title) =>
  facts.length === 0
    ? []
    : [
        "",
        `| ${title} | takes | default | meaning |`,
        "|---|---|---|---|",
        ...facts.map(
          ({ key, takes, meaning, fallback }) =>
            `| \`${key}\` | ${cell(takes)} | ${standing(fallback)} | ${cell(meaning)} |`,
        ),
      ];

const section = (fault, sentence) => [
  "",
  `### \`${fault.name}\`${fault.risksBilling ? " **!**" : ""}`,
  "",
  fault.summary,
  ...(fault.breaks === undefined ? [] : ["", `Breaks: ${fault.breaks}.`]),
  "",
  `A good peer: ${fault.goodPeer}`,
  ...table(fault.settings, "setting"),
  "",
  "```yaml",
  `- ${fault.example}`,
  "```",
  "",
  `\`rules explain\`: ${sentence}`,
  "",
  `Acts on: ${fault.points.join(", ")}${fault.onlyDirection === undefined ? "" : `, ${fault.onlyDirection} alone`}.${fault.final ? " Final." : ""}`,
];

/** The files, as [path, text]. */
export async function faultFiles() {
  const load = (...path) => import(pathToFileURL(join(root, "dist", ...path)).href);
  const { faults } = await load("rules", "faults", "registry.js");
  const { layers } = await load("rules", "contract", "fault.js");
  const { settingFacts } = await load("yaml", "settings.js");
  const { triggerFields } = await load("rules", "language", "read-trigger.js");
  const { ruleFileSchema } = await load("rules", "language", "schema.js");
  const { readRules } = await load("rules", "language", "read-rules.js");
  const { explainRule } = await load("rules", "language", "explain.js");
  const explain = ({ example }) => {
    const { ruleSet, issues } = readRules(`version: 1\nrules: [ { id: a, then: [ { ${example} } ] } ]\n`);
    if (ruleSet === undefined) throw new Error(`${example}: ${issues[0]?.message}`);
    return explainRule(ruleSet.rules[0]);
  };
  const lines = layers.flatMap((layer) => {
    const sections = faults
      .filter((fault) => fault.layer === layer)
      .flatMap((fault) => section(fault, explain(fault)));
    return sections.length === 0 ? [] : ["", `## ${layerTitles[layer]}`, ...sections];
  });
  const triggers = ["", "## Triggers", ...table(settingFacts(triggerFields), "key")];
  return [
    ["docs/reference/faults.md", `${[intro.trimEnd(), ...lines, ...triggers].join("\n")}\n`],
    ["docs/reference/rules.schema.json", `${JSON.stringify(ruleFileSchema(), undefined, 2)}\n`],
  ];
}
