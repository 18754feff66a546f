// Two dialogues side by side as one HTML page that opens from disk. It loads nothing from the network; its Content
// Security Policy allows its own script and style by their hashes. Texts of peers appear escaped between tags and in a
// data block, never in an attribute.

import type { ComparisonRow, ComparisonSection, ShownSide } from "./comparison.js";
import { comparisonScript } from "./comparison-script.js";
import { comparisonStyle } from "./comparison-style.js";
import { escapeHtml, jsonForScript } from "./html.js";
import { pageHead, type Sha256Base64 } from "./page-head.js";
import { pageStyle } from "./page-style.js";

/** The largest number of differences that the page lists for one exchange. */
const mostDifferences = 30;

const style = pageStyle + comparisonStyle;

type Shown = Extract<ComparisonRow, { kind: "exchange" }>;

const sideOf = ({ call, answer, latency }: ShownSide, isCharger: boolean): string => {
  if (call === "" && answer === "") return '<div class="side"><div class="none">nothing</div></div>';
  const arrow = (fromCharger: boolean): string => (fromCharger ? "▸" : "◂");
  const ask = `<div class="ask"><i>${arrow(isCharger)}</i><code>${escapeHtml(call)}</code></div>`;
  const answered = `<div><i>${arrow(!isCharger)}</i><code>${escapeHtml(answer)}</code><i>${escapeHtml(latency)}</i></div>`;
  return `<div class="side">${call === "" ? "" : ask}${answer === "" ? "" : answered}</div>`;
};

const shownValue = (value: string | undefined): string =>
  value === undefined ? "nothing" : escapeHtml(value, 400);

const differenceRow = ({ pointer, recorded, live, why, part }: Shown["differences"][number]): string => {
  const counts = why === "different" || why === "slower";
  const place = pointer === "" ? (why === "slower" ? "time to the answer, in ms" : "whole message") : pointer;
  const where = part === undefined || why === "slower" ? "" : `${part} `;
  const kind = why === "different" ? "" : why;
  return (
    `<tr${counts ? "" : ' class="minor"'}><td>${where}<code>${escapeHtml(place, 200)}</code></td>` +
    `<td class="then">${shownValue(recorded)}</td><td class="now">${shownValue(live)}</td><td>${kind}</td></tr>`
  );
};

const differencesOf = ({ differences }: Shown, section: ComparisonSection): string => {
  if (differences.length === 0) return "";
  const shown = differences.slice(0, mostDifferences).map(differenceRow).join("");
  const more = differences.length - mostDifferences;
  const rest = more > 0 ? `<tr><td colspan="4">and ${more} more</td></tr>` : "";
  const heads = [section.leftName, section.rightName]
    .map((name) => `<th>${escapeHtml(name, 60)}</th>`)
    .join("");
  return `<table class="differences"><thead><tr><th>where</th>${heads}<th></th></tr></thead><tbody>${shown}${rest}</tbody></table>`;
};

const whenOf = (time: string, connection: string): string =>
  `<div class="when"><span>${escapeHtml(time)}</span><span>${escapeHtml(connection)}</span></div>`;

const badgeOf = (result: string): string =>
  `<div class="result"><span class="badge">${escapeHtml(result, 40)}</span></div>`;

const exchangeRow = (row: Shown, section: ComparisonSection): string => {
  const { name, direction, isDifference, tone, why, time, connection, result, left, right } = row;
  const isCharger = direction === "cp-to-csms";
  const who = isCharger ? "charger" : "csms";
  const what = `<div class="what ${who}"><b>${escapeHtml(name, 100)}</b><span>${isCharger ? "charger ▸ CSMS" : "CSMS ▸ charger"}</span></div>`;
  const reason = why === "" ? "" : `<p class="why">${escapeHtml(why, 400)}</p>`;
  const listed = isDifference ? differencesOf(row, section) : "";
  const hidden = isDifference ? "" : differencesOf(row, section);
  return (
    `<li class="row ${tone}${isDifference ? " differs" : ""}"><details><summary>${whenOf(time, `#${connection}`)}${what}` +
    `${sideOf(left, isCharger)}${sideOf(right, isCharger)}${badgeOf(result)}</summary>${hidden}</details>${reason}${listed}</li>`
  );
};

const rowOf = (row: ComparisonRow, section: ComparisonSection): string =>
  row.kind === "exchange"
    ? exchangeRow(row, section)
    : `<li class="row remark differs ${row.tone}">${whenOf(row.time, "")}<p>${escapeHtml(row.text, 600)}</p>${badgeOf(row.result)}</li>`;

const rowsOf = (section: ComparisonSection): string => {
  const { rows, rowsLeftOut, leftName, rightName } = section;
  if (rows.length === 0) return '<p class="none">No messages.</p>';
  const more = rowsLeftOut > 0 ? `<p class="more">${rowsLeftOut} more rows are not shown.</p>` : "";
  return (
    `<div class="sides"><div class="heads"><div>time</div><div>exchange</div><div class="side">${escapeHtml(leftName, 120)}</div>` +
    `<div class="side">${escapeHtml(rightName, 120)}</div><div></div></div>` +
    `<ol class="rows">${rows.map((row) => rowOf(row, section)).join("\n")}</ol>${more}</div>`
  );
};

const sectionOf = (section: ComparisonSection): string => {
  const { title, verdict, tone, facts, totals, notes } = section;
  const factList = facts.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value, 500)}</dd></div>`,
  );
  const total = totals.map(
    ([word, count, look]) => `<li class="${look}"><b>${count}</b><span>${escapeHtml(word)}</span></li>`,
  );
  const remarks = notes.map((note) => `<li>${escapeHtml(note, 400)}</li>`).join("");
  return (
    `<section><h2><span class="verdict ${tone}">${escapeHtml(verdict)}</span>${escapeHtml(title, 300)}</h2>` +
    `<dl>${factList.join("")}</dl><ul class="totals">${total.join("")}</ul>` +
    `${remarks === "" ? "" : `<ul class="notes">${remarks}</ul>`}${rowsOf(section)}</section>`
  );
};

const filterPart =
  '<noscript><p class="none">Enable JavaScript to use the filters and to open messages.</p></noscript>' +
  '<form id="filter" hidden><label><input id="only" type="checkbox"> only differences</label>' +
  '<label class="grow"><input id="text" type="search" placeholder="filter by text" aria-label="filter by text" autocomplete="off"></label>' +
  '<output id="count"></output></form>';

/** The page of these sections; `kind` is the line above the title. */
export function comparisonPage(
  kind: string,
  title: string,
  sections: readonly ComparisonSection[],
  sha256: Sha256Base64,
): string {
  const texts = sections.flatMap(({ rows }) =>
    rows.map((row) => (row.kind === "exchange" ? row.texts : null)),
  );
  return `${pageHead({ title, style, script: comparisonScript }, sha256)}
<main>
<header><p class="kind">${escapeHtml(kind)}</p><h1>${escapeHtml(title, 500)}</h1></header>
${filterPart}
${sections.map(sectionOf).join("\n")}
</main>
<script type="application/json" id="data">${jsonForScript(texts)}</script>
<script>${comparisonScript}</script>
</body>
</html>
`;
}
