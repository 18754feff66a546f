// The kinds of options that several functions of the library share: addresses, the environment, TLS.

import {
  anyOf,
  described,
  duration,
  flag,
  listOf,
  type OptionKind,
  object,
  oneOf,
  optionsOf,
  required,
  type TableOf,
  text,
  whole,
} from "./check-options.js";
import type { CsmsTlsOptions, TlsOptions } from "./tls-options.js";

const port = whole(0, 65_535);

const address = described(text, "the URL of a CSMS (ws://host:port/base), or embedded");

/** The URL of a CSMS: a text, or a URL object, which may come from another realm. */
export const csmsAddress: OptionKind = {
  takes: address.takes,
  refusalOf: (value, name) =>
    typeof value === "object" && value !== null && "href" in value && "searchParams" in value
      ? undefined
      : address.refusalOf(value, name),
};

/** An address to listen on. */
export const listenAddress: OptionKind = anyOf(
  text,
  port,
  optionsOf({ host: required(text), port: required(port) }),
);

/** Addresses to listen on, with what is spoken there. */
export const listenPlaces: OptionKind = (() => {
  const place = optionsOf({ host: required(text), port: required(port), scheme: oneOf("ws", "wss") });
  const one = anyOf(text, port, place);
  return anyOf(one, listOf(one, 1));
})();

/** Environment variables. */
export const environment: OptionKind = object;

/** The options of TLS towards the CSMS. */
export const csmsTlsTable: TableOf<CsmsTlsOptions & Pick<TlsOptions, "csmsBasic" | "keylog">> = {
  certs: text,
  csmsCa: listOf(text),
  csmsInsecure: flag,
  csmsCert: text,
  csmsKey: text,
  csmsCertDir: text,
  csmsMint: flag,
  csmsMintCa: text,
  csmsConnect: optionsOf({ host: required(text), port: whole(1, 65_535) }),
  csmsBasic: text,
  keylog: text,
};

/** The options of TLS towards chargers and the CSMS. */
export const tlsTable: TableOf<TlsOptions> = {
  ...csmsTlsTable,
  tls: oneOf("auto", "on", "off"),
  tlsCert: listOf(text),
  tlsKey: listOf(text),
  tlsMin: oneOf("1.0", "1.2"),
  mtls: oneOf("require", "request"),
  clientCa: listOf(text),
  bindIdentity: oneOf("off", "warn", "strict"),
  basicAuth: text,
  handshakeTimeoutMs: duration,
  maxHandshakes: whole(1),
};
