// Asks a CSMS for an upgrade as a charger would, reads the answer, and disconnects, with a close frame if it was accepted.

import { randomBytes } from "node:crypto";
import { fromLatin1, text } from "../../base/bytes.js";
import { printable } from "../../text/printable.js";
import { fieldValue, type Head, parseHead } from "../../wire/http/head.js";
import { likelyReason, startOfBody } from "../../wire/http/refusal-reason.js";
import { chosenSubprotocol, statusOf } from "../../wire/http/response-head.js";
import { encodeSegment, targetAtCsms } from "../../wire/http/target.js";
import { beginsAlert } from "../../wire/tls/tls-names.js";
import { encodeFrame, opcodes } from "../../wire/websocket/frame.js";
import { startTimer } from "../platform/timers.js";
import { dialReason } from "../sockets/dial.js";
import { type HeadArrival, readHeadFrom } from "../sockets/read-head.js";
import type { LegOutcome } from "../tls/tls-dial.js";
import { alertOf, causeCode } from "../tls/tls-failure.js";
import type { Leg } from "../tls/tls-settings.js";
import { certificateHint, mayWantCertificate } from "./probe-client-certificate.js";
import { type Deadline, type ProbeStep, timed } from "./probe-step.js";

/** What a check of the upgrade needs. */
export interface UpgradeCheck {
  readonly dial: (timeoutMs: number) => Promise<LegOutcome>;
  readonly url: URL;
  readonly identity: string;
  /** The value of Authorization; undefined for none. */
  readonly authorization: (subprotocol: string | undefined) => string | undefined;
  readonly deadline: Deadline;
}

/** The result of an upgrade. */
export interface UpgradeOutcome {
  readonly step: ProbeStep;
  readonly agreed: boolean;
  /** The status of the answer; undefined if it was not HTTP. */
  readonly status: number | undefined;
  /** Whether the CSMS probably requires a client certificate. */
  readonly wantsCertificate: boolean;
  /** The Date header of the answer; undefined if there was none. */
  readonly date: string | undefined;
}

const stepMs = 3000;
const answerLimits = { bytes: 65_536, fields: 300 };

const requestFor = (check: UpgradeCheck, subprotocol: string | undefined): Uint8Array => {
  const { url, identity } = check;
  const base = url.pathname === "/" ? "" : url.pathname;
  const authorization = check.authorization(subprotocol);
  const lines = [
    `GET ${targetAtCsms(base, `/${encodeSegment(identity)}`)}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Version: 13",
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
  ];
  return fromLatin1(`${lines.join("\r\n")}\r\n\r\n`);
};

const closeFrame = encodeFrame({
  opcode: opcodes.close,
  payload: Uint8Array.of(0x03, 0xe8),
  mask: Uint8Array.of(1, 2, 3, 4),
});

const resultOf = (
  head: Head,
  rest: Uint8Array,
  request: Head,
  url: string,
  subprotocol: string | undefined,
): { readonly agreed: boolean; readonly message: string } => {
  const status = statusOf(head) ?? 0;
  const chosen = chosenSubprotocol(head);
  if (status === 101) {
    if (subprotocol === undefined)
      return { agreed: true, message: `101, ${chosen ?? "no subprotocol"} chosen` };
    if (chosen === subprotocol) return { agreed: true, message: "101, agreed" };
    return {
      agreed: false,
      message: `101, but ${chosen === null ? "without a subprotocol" : `with ${printable(chosen, 40)}`}: no common OCPP version`,
    };
  }
  const words = printable(startOfBody(text(rest.subarray(0, 4096))), 200);
  const likely = likelyReason({ status, response: head, request, url });
  const body = words === "" ? "" : `, "${words}"`;
  return {
    agreed: false,
    message: `${printable(head.startLine, 120)}${body}${likely === undefined ? "" : `; likely: ${printable(likely, 400)}`}`,
  };
};

const notReached = (outcome: Exclude<LegOutcome, { kind: "leg" }>): string => {
  switch (outcome.kind) {
    case "unreachable":
      return dialReason(outcome.error);
    case "handshake": {
      const hint = mayWantCertificate(outcome.failure) ? `; ${certificateHint}` : "";
      return `the TLS handshake failed (${causeCode(outcome.failure.cause)})${hint}`;
    }
    case "no-certificate":
      return outcome.error.message;
  }
};

/** The message for an answer without an HTTP head. */
const notAnswered = ({ tls }: Leg, arrival: Exclude<HeadArrival, { kind: "head" }>): string => {
  if (arrival.kind === "timeout") return "no answer in time";
  if (tls === undefined && beginsAlert(arrival.bytes)) return "this port uses TLS: write wss://";
  if (arrival.bytes.length > 0) return "the answer is not HTTP";
  const error = arrival.kind === "ended" ? arrival.error : undefined;
  const alert = error === undefined || alertOf(error) === undefined ? "" : ` (${causeCode(error)})`;
  const closed = `the CSMS closed without an answer${alert}`;
  if (tls === undefined) return closed;
  return tls.facts.own === null
    ? `${closed}, right after the handshake; ${certificateHint}`
    : `${closed}, right after the handshake; it probably refuses the client certificate`;
};

/** Tries one upgrade that offers this subprotocol or none. */
export async function tryUpgrade(
  check: UpgradeCheck,
  subprotocol: string | undefined,
): Promise<UpgradeOutcome> {
  const step = "upgrade";
  const name = subprotocol ?? "no subprotocol";
  const shown = `${check.url.protocol}//${check.url.host}${targetAtCsms(check.url.pathname === "/" ? "" : check.url.pathname, `/${encodeSegment(check.identity)}`)}`;
  const failed = (message: string, ms: number): UpgradeOutcome => ({
    step: { step, result: "no", message: `${name}: ${message}`, ms },
    agreed: false,
    status: undefined,
    wantsCertificate: message.includes(certificateHint),
    date: undefined,
  });
  const { value, ms } = await timed(async () => {
    const outcome = await check.dial(check.deadline.left(stepMs));
    if (outcome.kind !== "leg") return notReached(outcome);
    const { stream, raw } = outcome.leg;
    stream.on("error", () => undefined);
    const bytes = requestFor(check, subprotocol);
    stream.write(bytes);
    const arrival = await readHeadFrom(stream, answerLimits, check.deadline.left(stepMs), Buffer.alloc(0));
    if (arrival.kind === "head" && statusOf(arrival.head) === 101) stream.end(closeFrame);
    // The CSMS's own close frame is not needed; the delay lets the system send what was written.
    stream.resume();
    startTimer(() => raw.destroy(), 200).unref();
    if (arrival.kind !== "head") return notAnswered(outcome.leg, arrival);
    return { arrival, request: parseHead(bytes) };
  });
  if (typeof value === "string") return failed(value, ms);
  const { head, rest } = value.arrival;
  const { agreed, message } = resultOf(head, rest, value.request, shown, subprotocol);
  return {
    step: { step, result: agreed ? "yes" : "no", message: `${name}: ${message}`, ms },
    agreed,
    status: statusOf(head),
    wantsCertificate: false,
    date: fieldValue(head, "date"),
  };
}
