// The upgrade request of a simulated charge point: the recorded head with order, case and duplicates kept. Only the
// target, Host, the offer of extensions, secrets and fields about the place of the recording change.

import { concat, fromLatin1, latin1, utf8 } from "../../../base/bytes.js";
import { hiddenMark } from "../../../cassette/format/entry.js";
import { secretHeaders } from "../../../cassette/hide-secrets.js";
import { toBase64 } from "../../../text/base64.js";
import { fieldValues, parseHead } from "../../../wire/http/head.js";
import { requestLine, rewriteHead } from "../../../wire/http/request-head.js";
import { encodeSegment, splitTarget, targetAtCsms } from "../../../wire/http/target.js";
import type { DialStep } from "../../plan/plan.js";

/** Where to dial, and with which identity and password. */
export interface DialTarget {
  /** The value of Host. */
  readonly host: string;
  /** The path of the CSMS's URL; "" where it has none. */
  readonly basePath: string;
  /** Undefined to dial with the recorded identity. */
  readonly identity: string | undefined;
  readonly password: Uint8Array | undefined;
}

/** A head to send, and what was left out of it, one sentence each. */
export interface UpgradeRequest {
  readonly head: Uint8Array;
  readonly notes: readonly string[];
}

/** The target with its last non-empty path segment replaced. */
const withIdentity = (target: string, identity: string): string => {
  const { path, query } = splitTarget(target);
  const segments = path.split("/");
  const last = segments.findLastIndex((segment) => segment !== "");
  if (last < 0) return `/${encodeSegment(identity)}${query}`;
  segments[last] = encodeSegment(identity);
  return segments.join("/") + query;
};

const basic = (identity: string, password: Uint8Array): string =>
  `Basic ${toBase64(concat([utf8(`${identity}:`), password]))}`;

/** Makes the request; `key` is the Sec-WebSocket-Key where the recording has no head. */
export function upgradeRequest(step: DialStep, to: DialTarget, key: string): UpgradeRequest {
  const identity = to.identity ?? step.identity;
  const recorded = step.request === null ? undefined : parseHead(step.request.raw);
  const line = recorded === undefined ? undefined : requestLine(recorded);
  if (recorded === undefined || line === undefined)
    return { head: plainHead(step, to, identity, key), notes: [] };
  const target = to.identity === undefined ? line.target : withIdentity(line.target, to.identity);
  const rewritten = rewriteHead(recorded, {
    target: targetAtCsms(to.basePath, target),
    host: to.host,
    withoutExtensions: true,
  });
  const filled = fillSecrets(latin1(rewritten), identity, to.password);
  const notes = [...filled.notes];
  if (fieldValues(recorded, "sec-websocket-extensions").length > 0)
    notes.push("the recorded offer of extensions is left out: a replay sends uncompressed messages");
  return { head: fromLatin1(filled.head), notes };
}

const plainHead = (step: DialStep, to: DialTarget, identity: string, key: string): Uint8Array => {
  const lines = [
    `GET ${targetAtCsms(to.basePath, `/${encodeSegment(identity)}`)} HTTP/1.1`,
    `Host: ${to.host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${key}`,
    "Sec-WebSocket-Version: 13",
  ];
  if (step.subprotocol !== null) lines.push(`Sec-WebSocket-Protocol: ${step.subprotocol}`);
  if (to.password !== undefined) lines.push(`Authorization: ${basic(identity, to.password)}`);
  return fromLatin1(`${lines.join("\r\n")}\r\n\r\n`);
};

/** Whether a field is about where the recording was made, through which proxies, and with which secrets. */
const isOfRecordingOnly = (name: string): boolean =>
  secretHeaders.includes(name) ||
  /^(?:(?:sec-websocket-)?origin|forwarded|x-forwarded(?:-.*)?|x-real-ip)$/.test(name);

/** Fills Authorization from the password or adds one, and leaves out the fields that are only true of the recording. */
const fillSecrets = (
  head: string,
  identity: string,
  password: Uint8Array | undefined,
): { head: string; notes: string[] } => {
  const notes: string[] = [];
  let authorized = false;
  let isLeftOut = false;
  const lines = head.split("\n").flatMap((line, index) => {
    if (index === 0) return [line];
    // A folded line continues the field before it.
    if (/^[ \t]+\S/.test(line)) return isLeftOut ? [] : [line];
    const name = /^[^\s:]*/.exec(line)?.[0].toLowerCase() ?? "";
    isLeftOut = isOfRecordingOnly(name) || line.includes(hiddenMark);
    if (!isLeftOut) return [line];
    const isBasic = name === "authorization" && /:[ \t]*basic[ \t]/i.test(line);
    if (isBasic && password !== undefined && !authorized) {
      authorized = true;
      return [`${line.slice(0, line.indexOf(":"))}: ${basic(identity, password)}\r`];
    }
    notes.push(leftOutWords(name, line.includes(hiddenMark)));
    return [];
  });
  if (password !== undefined && !authorized)
    lines.splice(-2, 0, `Authorization: ${basic(identity, password)}\r`);
  return { head: lines.join("\n"), notes };
};

const leftOutWords = (name: string, isHidden: boolean): string => {
  const why = isHidden
    ? "is not in the cassette and is left out"
    : "is left out, because it belongs to the place of the recording";
  const remedy = name === "authorization" ? " (--password-file or OCPP_VCR_PASSWORD sends a Basic one)" : "";
  return `the recorded ${name} ${why}${remedy}`;
};
