// Why a CSMS may have refused an upgrade, from what it answered and what it was asked: a table of likely reasons,
// worded as such, each with what to look at. The wire rarely proves one. RFC 6455 section 4.2.2; OCPP-J 1.6 section 3.

import { fieldList, fieldValue, type Head } from "./head.js";

/** What is known of a refused upgrade. */
export interface Refusal {
  readonly status: number;
  /** The answer's head; undefined where we answered ourselves. */
  readonly response: Head | undefined;
  /** What was asked; undefined where no head was sent. */
  readonly request: Head | undefined;
  /** The URL that was asked. */
  readonly url: string;
}

interface Seen extends Refusal {
  readonly offered: readonly string[];
  readonly authorization: string | undefined;
  readonly secure: boolean;
}

const passwordReason = ({ authorization, response }: Seen): string => {
  const wanted = response === undefined ? undefined : fieldValue(response, "www-authenticate");
  const scheme = wanted === undefined || wanted === "" ? "" : ` It asks for ${wanted.split(/[ ,]/)[0]}.`;
  if (authorization === undefined)
    return `it wants credentials and got none: the charger sends no password (security profile 1 or 2), or it is to show a certificate (profile 3).${scheme}`;
  return `the user or the password is wrong: the user must be the identity of the URL, a 1.6 AuthorizationKey is sent as the bytes that its hexadecimal digits stand for.${scheme}`;
};

const redirectReason = ({ response, url, secure }: Seen): string => {
  const location = response === undefined ? undefined : fieldValue(response, "location");
  const to = location === undefined ? "elsewhere" : `to ${location}`;
  const securely = !secure && /^(?:https|wss):/i.test(location ?? "");
  const fix = securely
    ? `the scheme: it wants TLS, write ${url.replace(/^ws:/, "wss:").replace(/^(wss:\/\/[^/]*):80(?=\/|$)/, "$1")}`
    : "scheme, host or a missing slash at the end; chargers do not follow redirects, write the URL it names";
  return `it sends ${to}; likely ${fix}.`;
};

const subprotocolReason = ({ offered }: Seen): string =>
  offered.length === 0
    ? "the charger offers no subprotocol (Sec-WebSocket-Protocol is missing)"
    : `no subprotocol in common (offered: ${offered.join(", ")})`;

const badRequestReason = (seen: Seen): string => {
  const sni = seen.secure ? ", the name in SNI" : "";
  return `Host${sni} or the subprotocol: ${subprotocolReason(seen)}, or the server at this address knows the host by another name.`;
};

const upgradeReason = (seen: Seen): string => {
  const spoken = seen.response === undefined ? [] : fieldList(seen.response, "sec-websocket-version");
  const asked = seen.request === undefined ? undefined : fieldValue(seen.request, "sec-websocket-version");
  if (spoken.length > 0 && (asked === undefined || !spoken.includes(asked)))
    return `it speaks WebSocket version ${spoken.join(", ")}, the charger ${asked === undefined ? "named none" : `asked for ${asked}`}.`;
  if (spoken.length > 0) {
    const sni = seen.secure ? ", the name in SNI" : "";
    return `the WebSocket version was right (${asked}), so likely Host${sni} or the subprotocol: ${subprotocolReason(seen)}; or a proxy in between does not pass Upgrade.`;
  }
  return `it did not see a request for WebSocket: something on the way took the upgrade out (a balancer, an HTTP/2 front), or ${subprotocolReason(seen)}.`;
};

const isOurs = (seen: Seen): boolean => seen.response === undefined;

const rows: readonly (readonly [(status: number) => boolean, (seen: Seen) => string])[] = [
  [
    (status) => status === 200,
    () => "something that is no OCPP endpoint answered: a web page, or a path beside the endpoint's.",
  ],
  [(status) => [301, 302, 303, 307, 308].includes(status), redirectReason],
  [(status) => status === 400, badRequestReason],
  [(status) => status === 401, passwordReason],
  [
    (status) => status === 403,
    () =>
      "the address that this comes from may not be allowed (a list of allowed addresses, a firewall), the identity may be blocked, or the password or certificate belongs to another one.",
  ],
  [
    (status) => status === 404 || status === 410,
    () =>
      "the path is wrong (compare the URL with what the charger is told without this proxy; --path changes it), or the CSMS does not know this identity: check its spelling, and whether it was added there.",
  ],
  [(status) => status === 405, () => "the path belongs to something that takes no GET, so to no WebSocket."],
  [(status) => status === 407, () => "a proxy on the way wants credentials: give them in --csms-proxy."],
  [
    (status) => status === 409,
    () =>
      "the CSMS still holds an earlier connection of this identity: another charger or a second copy of it, or it waits for the old one to time out.",
  ],
  [
    (status) => status === 421,
    () =>
      "this server is not the one for this Host: Host, and with TLS the name in SNI, must be those of the CSMS's URL.",
  ],
  [(status) => status === 426, upgradeReason],
  [
    (status) => status === 429,
    () => "too many attempts in too short a time: the CSMS slows this charger or this address down.",
  ],
  [
    (status) => status === 502 || status === 503 || status === 504,
    (seen) =>
      isOurs(seen)
        ? "the CSMS was not reached or gave no answer; `ocpp-vcr probe` with its URL says where the way ends."
        : "the front of the CSMS answered, but not the server it forwards to: that one is down or overloaded, or the path is wrong.",
  ],
  [
    (status) => status === 508,
    () =>
      "the URL of the CSMS leads back to this proxy: its name is resolved to this machine. Name the CSMS by --csms-connect with its own address.",
  ],
  [(status) => status >= 500, () => "the CSMS failed by itself; its log says why."],
];

/** The likely reason of a refusal, a sentence; undefined where nothing sensible is known. */
export function likelyReason(refusal: Refusal): string | undefined {
  const { request, status, url } = refusal;
  const seen: Seen = {
    ...refusal,
    offered: request === undefined ? [] : fieldList(request, "sec-websocket-protocol"),
    authorization: request === undefined ? undefined : fieldValue(request, "authorization"),
    secure: url.startsWith("wss:"),
  };
  const row = rows.find(([fits]) => fits(status));
  return row === undefined ? undefined : row[1](seen);
}

const shownBytes = 120;
/** As much of a page as is looked through for words. */
const readBytes = 4096;

/** The start of a body as one line: tags and blanks of a web page left out. */
export function startOfBody(body: string): string {
  const words = body
    .slice(0, readBytes)
    .replace(/<(script|style)[\s\S]*?(?:<\/\1>|$)/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > shownBytes ? `${words.slice(0, shownBytes)}…` : words;
}
