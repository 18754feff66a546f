// A sweep as an HTML page: the matrix of faults and outcomes. It loads nothing and has no script; texts of rules, chargers
// and the CSMS are escaped.

import { escapeHtml } from "../analyse/report/html.js";
import { pageHead, type Sha256Base64 } from "../analyse/report/page-head.js";
import { pageStyle } from "../analyse/report/page-style.js";
import { isBad, type SweepOutcome, sweepOutcomes } from "./outcome.js";

/** The content of the page. */
export interface SweepPage {
  readonly title: string;
  /** Facts about the sweep: name and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly rows: readonly { readonly name: string; readonly outcome: SweepOutcome; readonly why: string }[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly notTried: readonly string[];
}

const columns = [...sweepOutcomes].reverse();

const toneOf = (outcome: SweepOutcome): string =>
  isBad(outcome) ? "defect" : outcome === "recovered" ? "smell" : "event";

const rowOf = ({ name, outcome, why }: SweepPage["rows"][number]): string => {
  const cells = columns.map((column) =>
    column === outcome ? `<td><span class="badge ${toneOf(outcome)}">${outcome}</span></td>` : "<td></td>",
  );
  return `<tr><td><code>${escapeHtml(name, 100)}</code></td>${cells.join("")}<td>${escapeHtml(why, 1000)}</td></tr>`;
};

const listOf = (title: string, rows: readonly (readonly [string, string])[]): string =>
  rows.length === 0
    ? ""
    : `<h2>${title}</h2><table><tbody>${rows
        .map(
          ([name, why]) =>
            `<tr><td><code>${escapeHtml(name, 100)}</code></td><td>${escapeHtml(why, 1000)}</td></tr>`,
        )
        .join("\n")}</tbody></table>`;

/** The page of a sweep; `sha256` makes the digest of the style sheet in base64. */
export function sweepPage(page: SweepPage, sha256: Sha256Base64): string {
  const { title, facts, rows, leftOut, notTried } = page;
  const terms = facts.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value, 500)}</dd></div>`,
  );
  return `${pageHead({ title, style: pageStyle }, sha256)}
<main>
<header><p class="kind">sweep</p><h1>${escapeHtml(title, 500)}</h1><dl>${terms.join("")}</dl></header>
<h2>Faults and outcomes</h2>
<table><thead><tr><th>fault</th>${columns.map((column) => `<th>${column}</th>`).join("")}<th>why</th></tr></thead>
<tbody>
${rows.map(rowOf).join("\n")}
</tbody></table>
${listOf(
  "Left out",
  leftOut.map(({ name, why }) => [name, why] as const),
)}
${listOf(
  "Not tried",
  notTried.map((name) => [name, "the sweep ended first"] as const),
)}
</main>
</body>
</html>
`;
}
