// The lines of a terminal session -> an SVG in which they appear one after the other. Without animations, and for
// readers who prefer less motion, all lines are there from the start.

const column = 7.8;
const row = 19;
const margin = 16;
const bar = 30;
const widest = 108;

/** Seconds before a line appears, after the line before it. */
const PAUSES = { comment: 1.6, command: 0.7, output: 0.35 };

const COLOURS = { comment: "#8b949e", command: "#e6edf3", output: "#b1bac4" };

/** What is coloured in lines of output. */
const MARKS = [
  [/^\s+pass\b.*/, "#3fb950"],
  [/^\s+fail\b.*/, "#f85149"],
  [/^\s+fork\b.*/, "#d29922"],
  [/: rule .*/, "#d2a8ff"],
  [/^\s+bound\b.*|.*transactionId: .*/, "#58a6ff"],
];

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One line on the screen: text and colour; long output is cut, long commands go on in the next line. */
function rowsOf({ kind, text }) {
  const colour =
    kind === "output"
      ? (MARKS.find(([pattern]) => pattern.test(text))?.[1] ?? COLOURS.output)
      : COLOURS[kind];
  if (kind === "comment") return [{ text: `# ${text}`, colour }];
  if (kind === "output")
    return [{ text: text.length > widest ? `${text.slice(0, widest - 1)}…` : text, colour }];
  const whole = `$ ${text}`;
  if (whole.length <= widest) return [{ text: whole, colour }];
  const cut = whole.lastIndexOf(" --", widest);
  return [
    { text: `${whole.slice(0, cut)} \\`, colour },
    { text: `   ${whole.slice(cut)}`, colour },
  ];
}

/** The picture, as the text of an SVG file. */
export function castSvg(lines) {
  const rows = [];
  let seconds = 0;
  for (const line of lines) {
    seconds += PAUSES[line.kind];
    for (const { text, colour } of rowsOf(line)) rows.push({ text, colour, seconds });
  }
  const width = Math.ceil(widest * column + 2 * margin);
  const height = bar + rows.length * row + margin;
  const drawn = rows.map(({ text, colour, seconds: at }, index) => {
    const place = `x="${margin}" y="${bar + (index + 1) * row - 5}"`;
    const length = `textLength="${(text.length * column).toFixed(1)}"`;
    return `<text xml:space="preserve" ${place} ${length} fill="${colour}" style="animation-delay:${at.toFixed(2)}s">${escaped(text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A terminal session with ocpp-vcr: record, replay, disturb</title>
<style>
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}
@media(prefers-reduced-motion:no-preference){text{animation:appear .01s both}}
@keyframes appear{from{opacity:0}to{opacity:1}}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="20" cy="16" r="5" fill="#ff5f57"/><circle cx="38" cy="16" r="5" fill="#febc2e"/><circle cx="56" cy="16" r="5" fill="#28c840"/>
${drawn.join("\n")}
</svg>
`;
}
