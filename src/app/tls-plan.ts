// TLS and passwords of a run: reads the files that its options name, once, and makes the settings of io/ from them.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import {
  certificatesIn,
  keyPairFrom,
  openKeylog,
  pairOfIdentity,
  pairsFor,
  readNamedFile,
  systemRoots,
} from "../io/tls/tls-material.js";
import { type BasicAuth, readPasswords } from "../io/tls/tls-passwords.js";
import type { ChargerTls, CsmsTls, KeyLog } from "../io/tls/tls-settings.js";
import type { Credentials } from "../pki/credentials.js";
import { serverVariantsOf } from "../pki/server-variants.js";
import { type CertificateStore, openStore } from "../pki/store.js";
import type { Environment, Surroundings } from "./surroundings.js";
import type { ChargerTlsOptions, CsmsTlsOptions, HostAndPort, TlsOptions } from "./tls-options.js";

/** The open file that TLS secrets are written to. */
export interface OpenKeylog {
  readonly log: KeyLog;
  close(): void;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

/** Opens the file for TLS secrets; undefined if neither the option nor SSLKEYLOGFILE names one. */
export function keylogOf({ env, warn }: Surroundings, path: string | undefined): OpenKeylog | undefined {
  const named = path ?? env.SSLKEYLOGFILE;
  if (named === undefined || named === "") return undefined;
  return openKeylog(named, (error) =>
    warn(`${named} cannot be written: ${error.message}; the run continues without it`),
  );
}

/** The passwords of a file of `identity:password` lines. */
const basicAuthOf = (path: string | undefined): BasicAuth | undefined =>
  path === undefined ? undefined : readPasswords(readNamedFile(path));

const ownPairs = ({ tlsCert = [], tlsKey = [] }: ChargerTlsOptions): readonly Credentials[] => {
  if (tlsKey.length > tlsCert.length)
    throw usage("there are more --tls-key than --tls-cert", "Give each key after its certificate.");
  return tlsCert.map((certificate, i) => keyPairFrom(certificate, tlsKey[i]));
};

const usualStore = "certs";

const hasStore = (folder: string): boolean => existsSync(join(folder, "root-rsa.pem"));

const rootsOf = (options: ChargerTlsOptions, store: CertificateStore | undefined): readonly string[] => {
  if (options.clientCa !== undefined) return options.clientCa.flatMap(certificatesIn);
  if (store !== undefined) return store.rootCertificates();
  if (options.mtls === undefined) return [];
  throw usage(
    "--mtls needs root certificates to check chargers against",
    "Give --client-ca FILE, or make a store with ocpp-vcr certs init.",
  );
};

/** The TLS settings towards chargers. Throws VcrError. */
function chargerTlsOf(options: ChargerTlsOptions, keylog: OpenKeylog | undefined): ChargerTls {
  const pairs = ownPairs(options);
  const {
    certs = usualStore,
    bindIdentity = "warn",
    handshakeTimeoutMs = 10_000,
    maxHandshakes = 200,
  } = options;
  const isThere = hasStore(certs);
  const mode = options.tls ?? (pairs.length > 0 || isThere ? "auto" : "off");
  if (mode === "off" && options.mtls !== undefined)
    throw usage("--mtls needs TLS", "Make a store with ocpp-vcr certs init, or leave --mtls out.");
  const store = mode !== "off" && (isThere || pairs.length === 0) ? openStore(certs) : undefined;
  return {
    mode,
    credentials: (name, address) =>
      pairs.length > 0 ? pairsFor(pairs, name) : (store?.serverCredentials(name, address) ?? []),
    serverVariants: store === undefined ? undefined : serverVariantsOf(store.folder),
    clientCertificate: options.mtls ?? "off",
    clientCa: rootsOf(options, store),
    organization: options.clientCa === undefined ? store?.organization || undefined : undefined,
    bindIdentity,
    minVersion: options.tlsMin === "1.0" ? "TLSv1" : "TLSv1.2",
    handshakeMs: handshakeTimeoutMs,
    maxHandshakes,
    keylog: keylog?.log,
  };
}

/** Refuses more than one source of client certificates. Throws VcrError USAGE. */
const checkOne = (options: CsmsTlsOptions): void => {
  const given = [options.csmsCert, options.csmsCertDir, options.csmsMint ?? options.csmsMintCa].filter(
    Boolean,
  );
  if (given.length > 1)
    throw usage(
      "there is more than one source of client certificates",
      "Give one of --csms-cert, --csms-cert-dir and --csms-mint.",
    );
  if (options.csmsKey !== undefined && options.csmsCert === undefined)
    throw usage("--csms-key needs --csms-cert", "Give the certificate as well.");
};

const clientCredentials = (options: CsmsTlsOptions): CsmsTls["credentials"] => {
  const { csmsCert, csmsKey, csmsCertDir, csmsMint, csmsMintCa, certs = usualStore } = options;
  checkOne(options);
  if (csmsCert !== undefined) {
    const pair = [keyPairFrom(csmsCert, csmsKey)];
    return () => pair;
  }
  if (csmsCertDir !== undefined) {
    const known = new Map<string, readonly Credentials[]>();
    return (identity) => {
      if (identity === undefined) return [];
      const found = known.get(identity) ?? [pairOfIdentity(csmsCertDir, identity)];
      if (known.size < 10_000) known.set(identity, found);
      return found;
    };
  }
  if (csmsMint === true || csmsMintCa !== undefined) {
    const store = openStore(csmsMintCa ?? certs);
    return (identity) => (identity === undefined ? [] : store.clientCredentials(identity));
  }
  return () => [];
};

/** The TLS settings towards the CSMS; undefined for a ws:// URL. Throws VcrError. */
export function csmsTlsOf(
  options: CsmsTlsOptions,
  url: URL,
  env: Environment,
  keylog: OpenKeylog | undefined,
): CsmsTls | undefined {
  const named = (["csmsCert", "csmsCertDir", "csmsMint", "csmsMintCa"] as const).find(
    (one) => options[one] !== undefined,
  );
  if (url.protocol !== "wss:") {
    if (named !== undefined)
      throw usage(
        "a client certificate needs wss://",
        "Write wss:// in --csms, or leave the certificate out.",
      );
    return undefined;
  }
  const extra = (options.csmsCa ?? []).flatMap(certificatesIn);
  return {
    name: url.hostname.replace(/^\[|\]$/g, ""),
    ca: systemRoots(extra, env),
    insecure: options.csmsInsecure === true,
    credentials: clientCredentials(options),
    keylog: keylog?.log,
  };
}

/** The address at which the CSMS is dialled. */
export function dialAddress(url: URL, connect: HostAndPort | undefined): { host: string; port: number } {
  const standard = url.protocol === "wss:" ? 443 : 80;
  const port = url.port === "" ? standard : Number(url.port);
  return connect === undefined
    ? { host: url.hostname.replace(/^\[|\]$/g, ""), port }
    : { host: connect.host, port: connect.port ?? port };
}

/** TLS and passwords of a recording proxy. */
export interface TlsPlan {
  readonly charger: ChargerTls;
  readonly basicAuth: BasicAuth | undefined;
  /** How the CSMS is dialled. */
  readonly csms: {
    readonly host: string;
    readonly port: number;
    readonly origin: string;
    readonly tls: CsmsTls | undefined;
    readonly basic: BasicAuth | undefined;
  };
  /** Sentences that are printed at the start and in the summary. */
  readonly warnings: readonly string[];
  /** Closes the file of TLS secrets. */
  close(): void;
}

const warningsOf = (
  { minVersion, clientCertificate, mode }: ChargerTls,
  csms: CsmsTls | undefined,
): string[] => [
  ...(csms?.insecure === true
    ? ["WARNING: the CSMS's certificate is not checked (--csms-insecure): any server could pose as it."]
    : []),
  ...(minVersion === "TLSv1" && mode !== "off"
    ? [
        "WARNING: TLS 1.0 and 1.1 are allowed (--tls-min 1.0): others on the network may read and change the traffic.",
      ]
    : []),
  ...(clientCertificate === "require" && mode === "auto"
    ? ["Plain connections are refused, because --mtls require needs a client certificate."]
    : []),
];

/** Reads what the options name. Throws VcrError. */
export function tlsPlanOf(surroundings: Surroundings, options: TlsOptions, url: URL): TlsPlan {
  const keylog = keylogOf(surroundings, options.keylog);
  try {
    return planOf(surroundings, options, url, keylog);
  } catch (error) {
    keylog?.close();
    throw error;
  }
}

const planOf = (
  surroundings: Surroundings,
  options: TlsOptions,
  url: URL,
  keylog: OpenKeylog | undefined,
): TlsPlan => {
  const charger = chargerTlsOf(options, keylog);
  const tls = csmsTlsOf(options, url, surroundings.env, keylog);
  return {
    charger,
    basicAuth: basicAuthOf(options.basicAuth),
    csms: {
      ...dialAddress(url, options.csmsConnect),
      origin: `${url.protocol}//${url.host}`,
      tls,
      basic: basicAuthOf(options.csmsBasic),
    },
    warnings: [
      ...warningsOf(charger, tls),
      ...(keylog === undefined ? [] : ["The TLS secrets are written to a file (--keylog)."]),
    ],
    close: () => keylog?.close(),
  };
};
