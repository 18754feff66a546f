// The report about one recording as an HTML page that opens from disk. It loads nothing from the network; its Content
// Security Policy allows its own script and style by their hashes. Texts of peers appear escaped between tags and in a
// data block, never in an attribute.

import type { Finding } from "../lint/findings.js";
import { escapeHtml, jsonForScript } from "./html.js";
import { meterChart } from "./meter-svg.js";
import { pageHead, type Sha256Base64 } from "./page-head.js";
import { pageStyle } from "./page-style.js";
import type { RecordingReport, ReportRow } from "./recording-report.js";
import { recordingScript } from "./recording-script.js";

/** The largest numbers of charts and findings on a page. */
const mostCharts = 60;
const mostFindings = 500;

const leftOut = (count: number, what: string): string =>
  count > 0 ? `<p class="more">${count} more ${what} are not shown.</p>` : "";

const entryLink = (entry: number, last: number): string =>
  entry > last ? `entry ${entry}` : `<a href="#e${entry}">entry ${entry}</a>`;

const findingRow = (finding: Finding, lastRow: number): string => {
  const { code, class: findingClass, clause, action, by, message, count, first, last } = finding;
  const until = count > 1 ? ` to ${entryLink(last.entry, lastRow)}` : "";
  const what = [action, by === "charger" ? "by the charger" : "by the CSMS"];
  return (
    `<tr><td><span class="badge ${findingClass}">${findingClass}</span></td>` +
    `<td><code>${escapeHtml(code, 100)}</code></td>` +
    `<td>${escapeHtml(message, 600)}<br><span class="clause">${escapeHtml(what.filter((word) => word !== undefined).join(" "), 200)} · ${escapeHtml(clause, 200)}</span></td>` +
    `<td class="number">${count}</td><td>${entryLink(first.entry, lastRow)}${until}</td></tr>`
  );
};

const findingsPart = ({ findings, rows }: RecordingReport): string => {
  const lastRow = rows.at(-1)?.position ?? -1;
  const head = `<h2>Findings <small>${findings.length}</small></h2>`;
  if (findings.length === 0) return `${head}<p class="none">No findings.</p>`;
  const shown = findings.slice(0, mostFindings).map((finding) => findingRow(finding, lastRow));
  return `${head}<table><thead><tr><th>class</th><th>code</th><th>what happened</th><th>count</th><th>where</th></tr></thead><tbody>${shown.join("\n")}</tbody></table>${leftOut(findings.length - shown.length, "findings")}`;
};

const metersPart = ({ meters }: RecordingReport): string => {
  const charts = meters
    .slice(0, mostCharts)
    .map(meterChart)
    .filter((chart) => chart !== "");
  if (charts.length === 0) return "";
  return `<h2>Meter readings <small>${meters.length}</small></h2><div class="meters">${charts.join("\n")}</div>${leftOut(meters.length - mostCharts, "charts")}`;
};

const arrowOf = ({ name, summary, remark }: ReportRow): string =>
  `<div class="arrow"><span class="words"><b>${escapeHtml(name)}</b> <span>${escapeHtml(summary)}</span></span><i>${escapeHtml(remark)}</i></div>`;

const classesOf = ({ shape, tone, direction, isAnswer }: ReportRow): string => {
  const sender = direction === undefined ? [] : [direction === "cp-to-csms" ? "from-charger" : "from-csms"];
  return [
    "row",
    shape === "arrow" ? "message" : shape,
    tone,
    ...sender,
    ...(isAnswer ? ["answer"] : []),
  ].join(" ");
};

const rowOf = (row: ReportRow): string => {
  const lane = row.shape === "arrow" ? arrowOf(row) : `<div class="note">${escapeHtml(row.summary)}</div>`;
  return `<li class="${classesOf(row)}" id="e${row.position}"><details><summary><div class="when"><span>${escapeHtml(row.time)}</span><span>${escapeHtml(row.connection)}</span></div><div class="lane">${lane}</div></summary><pre></pre></details></li>`;
};

const filterPart =
  '<form id="filter" hidden><select id="type" aria-label="filter by type"><option>all types</option></select>' +
  '<select id="action" aria-label="filter by action"><option>all actions</option></select>' +
  '<label class="grow"><input id="text" type="search" placeholder="filter by text" aria-label="filter by text" autocomplete="off"></label>' +
  '<label><input id="control" type="checkbox" checked> show pings, pongs and closes</label><output id="count"></output></form>';

const isSingle = (rows: readonly ReportRow[]): boolean =>
  new Set(rows.map(({ connection }) => connection).filter((number) => number !== "")).size <= 1;

const dialoguePart = ({ identity, rows, rowsLeftOut }: RecordingReport): string =>
  `<h2>Dialogue</h2><noscript><p class="none">Enable JavaScript to use the filters and to open messages.</p></noscript>${filterPart}` +
  `<div class="diagram"><div class="heads"><div><span>charger ${escapeHtml(identity, 200)}</span><span>CSMS</span></div></div>` +
  `<ol class="rows${isSingle(rows) ? " single" : ""}" id="rows">${rows.map(rowOf).join("\n")}</ol>${leftOut(rowsLeftOut, "rows")}</div>`;

const dataOf = ({ rows }: RecordingReport): string =>
  jsonForScript({
    rows: rows.map(({ type, action, name, summary, shape }) => [
      type,
      action,
      shape === "arrow" ? name : summary,
    ]),
    texts: rows.map(({ text }) => text),
  });

/** Writes the report as a page. */
export function recordingPage(report: RecordingReport, sha256: Sha256Base64): string {
  const facts = report.facts.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value, 500)}</dd></div>`,
  );
  return `${pageHead({ title: report.identity, style: pageStyle, script: recordingScript }, sha256)}
<main>
<header><p class="kind">OCPP recording</p><h1>${escapeHtml(report.identity, 500)}</h1><dl>${facts.join("")}</dl></header>
${findingsPart(report)}
${metersPart(report)}
${dialoguePart(report)}
</main>
<script type="application/json" id="data">${dataOf(report)}</script>
<script>${recordingScript}</script>
</body>
</html>
`;
}
