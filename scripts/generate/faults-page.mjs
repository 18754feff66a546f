// docs/reference/faults.md and docs/reference/rules.schema.json from the tables that read rule files.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const intro = `# Every fault and every trigger

Generated from \`src/rules/\` by \`npm run generate\`; do not edit. [rules.md](rules.md) explains rule files.
\`ocpp-vcr rules list\` prints all faults, \`ocpp-vcr rules list NAME\` one of them, and \`ocpp-vcr rules schema\` the JSON
Schema for editors ([rules.schema.json](rules.schema.json)).

Each application of a fault is a \`decision\` on the cassette: rule, fault, random number, outcome, the bytes as received
and as sent. If a fault cannot be applied (a message that is not JSON has no member to set), the outcome contains the
reason and the bytes are unchanged. A *final* fault ends the chain, including that of later rules. A fault with **!** can
make a transaction message fail for good, which destroys billing data (OCPP 1.6 section 3.7.1).

\`Acts on\` lists what a rule with the fault can act on: messages, pings, pongs, the opening of a connection, upgrades, TLS
handshakes. If there are several, a rule acts on the first. There are two exceptions: a \`when\` with conditions about
messages (direction, type, action, path) makes it act on messages, and an \`idle\` or \`schedule\` trigger on the connection.

Upgrades are counted for each charge point and TLS handshakes for each address (\`nth: 2\` is the second connection); with
\`per: all\` all of them are counted together. Their decisions have \`connection: 0\` unless the upgrade succeeds. A fault
that shapes a stream (\`latency\`, \`bandwidth\`, ...) starts after the message it acts on, or when the connection opens.
Several shapes combine in the order in which they start; a rule that acts again does not add its shape a second time. A
note is recorded when a shape ends (\`fault-over\`) or when it ends the connection (\`fault-cut\`). Disarming a rule ends its
shapes.
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
  if (fallback === undefined) return "required";
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
  `Acts on: ${fault.points.join(", ")}${fault.onlyDirection === undefined ? "" : `, ${fault.onlyDirection} only`}.${fault.final ? " Final." : ""}`,
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
