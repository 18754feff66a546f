// Why a CSMS may have refused an upgrade: a table of likely reasons by status, request and answer, each with what to
// check. The bytes rarely prove one reason. RFC 6455 section 4.2.2; OCPP-J 1.6 section 3.

import { fieldList, fieldValue, type Head } from "./head.js";

/** The facts of a refused upgrade. */
export interface UpgradeRefusal {
  readonly status: number;
  /** The head of the CSMS's answer; undefined if the proxy itself answered. */
  readonly response: Head | undefined;
  /** The head of the request; undefined if none was sent. */
  readonly request: Head | undefined;
  /** The requested URL at the CSMS. */
  readonly url: string;
}

interface RefusalFacts extends UpgradeRefusal {
  readonly offered: readonly string[];
  readonly authorization: string | undefined;
  readonly secure: boolean;
}

const passwordReason = ({ authorization, response }: RefusalFacts): string => {
  const wanted = response === undefined ? undefined : fieldValue(response, "www-authenticate");
  const scheme = wanted === undefined || wanted === "" ? "" : ` It asks for ${wanted.split(/[ ,]/)[0]}.`;
  if (authorization === undefined)
    return `it wants credentials and got none: the charger sends no password (security profile 1 or 2), or it must show a certificate (profile 3).${scheme}`;
  return `the user or the password is wrong: the user must be the identity in the URL; a 1.6 AuthorizationKey is sent as bytes, decoded from its hexadecimal digits.${scheme}`;
};

const redirectReason = ({ response, url, secure }: RefusalFacts): string => {
  const location = response === undefined ? undefined : fieldValue(response, "location");
  const to = location === undefined ? "to another address" : `to ${location}`;
  const securely = !secure && /^(?:https|wss):/i.test(location ?? "");
  const fix = securely
    ? `it wants TLS, write ${url.replace(/^ws:/, "wss:").replace(/^(wss:\/\/[^/]*):80(?=\/|$)/, "$1")}`
    : "check scheme, host and the slash at the end; chargers do not follow redirects, so write the URL that it names";
  return `it redirects ${to}: ${fix}.`;
};

const subprotocolReason = ({ offered }: RefusalFacts): string =>
  offered.length === 0
    ? "the charger offers no subprotocol (Sec-WebSocket-Protocol is missing)"
    : `no subprotocol in common (offered: ${offered.join(", ")})`;

const badRequestReason = (facts: RefusalFacts): string => {
  const sni = facts.secure ? ", the name in SNI" : "";
  return `Host${sni} or the subprotocol is wrong: ${subprotocolReason(facts)}, or the server at this address knows the host by another name.`;
};

const upgradeReason = (facts: RefusalFacts): string => {
  const supported = facts.response === undefined ? [] : fieldList(facts.response, "sec-websocket-version");
  const asked = facts.request === undefined ? undefined : fieldValue(facts.request, "sec-websocket-version");
  if (supported.length > 0 && (asked === undefined || !supported.includes(asked)))
    return `it supports only WebSocket version ${supported.join(", ")}; the charger ${asked === undefined ? "named none" : `asked for ${asked}`}.`;
  if (supported.length > 0) {
    const sni = facts.secure ? ", the name in SNI" : "";
    return `the WebSocket version was right (${asked}), so likely Host${sni} or the subprotocol is wrong: ${subprotocolReason(facts)}; or a proxy in between does not pass on Upgrade.`;
  }
  return `it did not see a WebSocket request: something on the way removed the upgrade (a load balancer, an HTTP/2 front end), or ${subprotocolReason(facts)}.`;
};

const isOurs = (facts: RefusalFacts): boolean => facts.response === undefined;

const rows: readonly (readonly [(status: number) => boolean, (facts: RefusalFacts) => string])[] = [
  [
    (status) => status === 200,
    () => "the answer is not from an OCPP endpoint but, for example, a web page: check the path of the URL.",
  ],
  [(status) => [301, 302, 303, 307, 308].includes(status), redirectReason],
  [(status) => status === 400, badRequestReason],
  [(status) => status === 401, passwordReason],
  [
    (status) => status === 403,
    () =>
      "the source address may not be allowed (a list of allowed addresses, a firewall), the identity may be blocked, or the password or certificate belongs to another identity.",
  ],
  [
    (status) => status === 404 || status === 410,
    () =>
      "the path is wrong (compare the URL with the one that the charger uses without this proxy; --path changes it), or the CSMS does not know this identity: check its spelling, and that it was added there.",
  ],
  [
    (status) => status === 405,
    () => "the path accepts no GET, so it is not a WebSocket endpoint: check the path of the URL.",
  ],
  [(status) => status === 407, () => "a proxy on the way wants credentials: give them in --csms-proxy."],
  [
    (status) => status === 409,
    () =>
      "the CSMS still holds an earlier connection of this identity: a second charger uses the same identity, or the CSMS waits for the old connection to time out.",
  ],
  [
    (status) => status === 421,
    () =>
      "this server is not the one for this Host: Host, and with TLS the name in SNI, must be those of the CSMS's URL.",
  ],
  [(status) => status === 426, upgradeReason],
  [
    (status) => status === 429,
    () =>
      "too many attempts in too short a time: the CSMS limits this charger or this address; wait before the next attempt.",
  ],
  [
    (status) => status === 502 || status === 503 || status === 504,
    (facts) =>
      isOurs(facts)
        ? "the CSMS was not reached or did not answer: run `ocpp-vcr probe` with its URL to see which step fails."
        : "the front end of the CSMS answered, but the service that it forwards to did not: that service is down or overloaded, or the path leads to no service.",
  ],
  [
    (status) => status === 508,
    () =>
      "the URL of the CSMS leads back to this proxy, because its name resolves to this machine: give the CSMS's own address with --csms-connect.",
  ],
  [(status) => status >= 500, () => "the CSMS had an internal error: its log shows the cause."],
];

/** The likely reason of a refusal and what to check, as one or two sentences; undefined if there is no row for the status. */
export function likelyReason(refusal: UpgradeRefusal): string | undefined {
  const { request, status, url } = refusal;
  const facts: RefusalFacts = {
    ...refusal,
    offered: request === undefined ? [] : fieldList(request, "sec-websocket-protocol"),
    authorization: request === undefined ? undefined : fieldValue(request, "authorization"),
    secure: url.startsWith("wss:"),
  };
  const row = rows.find(([matches]) => matches(status));
  return row === undefined ? undefined : row[1](facts);
}

const shownCharacters = 120;
/** How much of a page is searched for text. */
const readCharacters = 4096;

/** The start of a body as one line of at most 121 characters, without the tags and line breaks of a web page. */
export function startOfBody(body: string): string {
  const words = body
    .slice(0, readCharacters)
    .replace(/<(script|style)[\s\S]*?(?:<\/\1>|$)/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > shownCharacters ? `${words.slice(0, shownCharacters)}…` : words;
}
