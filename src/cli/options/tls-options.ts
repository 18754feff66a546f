// The options about TLS and passwords, shared by the commands that serve chargers and those that dial a CSMS, and the
// way from their words to what io/ takes. Files are read here, once.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import {
  certificatesIn,
  keyPairFrom,
  openKeylog,
  pairOfIdentity,
  pairsFor,
  readNamedFile,
  systemRoots,
} from "../../io/tls/tls-material.js";
import { type BasicAuth, readPasswords } from "../../io/tls/tls-passwords.js";
import type { ChargerTls, CsmsTls, KeyLog } from "../../io/tls/tls-settings.js";
import { oddCredentialsOf } from "../../pki/odd-credentials.js";
import { type CertificateStore, type Credentials, openStore } from "../../pki/store.js";
import type { CliSession } from "../common/session.js";
import { durationMs, eachValue, wholeNumber } from "../common/values.js";
import { storeOption } from "./store-options.js";

/** What the options towards chargers say. */
export interface ChargerTlsOptions {
  readonly certs: string;
  readonly tls?: ChargerTls["mode"];
  readonly tlsCert?: readonly string[];
  readonly tlsKey?: readonly string[];
  readonly tlsMin?: "1.0" | "1.2";
  readonly mtls?: "require" | "request";
  readonly clientCa?: readonly string[];
  readonly bindIdentity: ChargerTls["bindIdentity"];
  readonly basicAuth?: string;
  readonly handshakeTimeout: number;
  readonly maxHandshakes: number;
}

/** What the options towards the CSMS say. */
export interface CsmsTlsOptions {
  readonly certs: string;
  readonly csmsCa?: readonly string[];
  readonly csmsInsecure?: boolean;
  readonly csmsCert?: string;
  readonly csmsKey?: string;
  readonly csmsCertDir?: string;
  readonly csmsMint?: boolean;
  readonly csmsMintCa?: string;
  readonly csmsConnect?: HostAndPort;
}

/** Where to dial instead of where the URL says. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number | undefined;
}

/** An open file for the secrets of TLS. */
export interface OpenKeylog {
  readonly log: KeyLog;
  close(): void;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

/** Reads `HOST[:PORT]`. */
export const hostAndPort = (value: string): HostAndPort => {
  const found = /^(\[[0-9a-fA-F:.%]+\]|[^:[\]/\s]+)(?::(\d{1,5}))?$/.exec(value.trim());
  const port = found?.[2] === undefined ? undefined : Number(found[2]);
  if (found === null || (port !== undefined && port > 65_535))
    throw new InvalidArgumentError(`"${value}" is no HOST[:PORT].`);
  return { host: (found[1] ?? "").replace(/^\[|\]$/g, ""), port };
};

/** Adds the options about TLS towards chargers. */
const addChargerTlsOptions = (command: Command): Command =>
  command
    .addOption(storeOption())
    .addOption(
      new Option(
        "--tls [mode]",
        "TLS towards chargers; auto takes plain on the same port, too (default: auto where a store exists)",
      )
        .choices(["auto", "on", "off"])
        .preset("on"),
    )
    .addOption(
      new Option(
        "--tls-cert <file>",
        "own server certificate with its chain; repeat for RSA and ECDSA",
      ).argParser(eachValue),
    )
    .addOption(new Option("--tls-key <file>", "its key, in the order of --tls-cert").argParser(eachValue))
    .addOption(
      new Option(
        "--tls-min <version>",
        "least version of TLS for chargers; 1.0 is for old OCPP 1.6 ones",
      ).choices(["1.0", "1.2"]),
    )
    .addOption(
      new Option("--mtls <how>", "ask chargers for a certificate (profile 3)").choices([
        "require",
        "request",
      ]),
    )
    .addOption(
      new Option(
        "--client-ca <file>",
        "roots of chargers' certificates (default: ours); repeat for more",
      ).argParser(eachValue),
    )
    .addOption(
      new Option(
        "--bind-identity <how>",
        "a charger's certificate must name its identity or serial number, and our organisation",
      )
        .choices(["off", "warn", "strict"])
        .default("warn"),
    )
    .option("--basic-auth <file>", "check chargers' passwords here: a file of identity:password lines")
    .addOption(
      new Option("--handshake-timeout <time>", "for a charger's TLS handshake")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--max-handshakes <n>", "handshakes under way at one time")
        .argParser(wholeNumber(1))
        .default(200),
    );

/** Adds the options about TLS towards the CSMS. */
export function addCsmsTlsOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--csms-ca <file>", "a root to trust besides the system's; repeat for more").argParser(
        eachValue,
      ),
    )
    .option("--csms-insecure", "take any certificate of the CSMS")
    .option("--csms-cert <file>", "client certificate for the CSMS (profile 3)")
    .option("--csms-key <file>", "its key (default: in the same file)")
    .option("--csms-cert-dir <folder>", "client certificates by identity: <identity>.pem and <identity>.key")
    .option("--csms-mint", "make a client certificate for each identity, signed by the store's root")
    .option("--csms-mint-ca <folder>", "another certificate store whose root signs them")
    .addOption(
      new Option(
        "--csms-connect <address>",
        "dial HOST[:PORT] instead; names stay those of --csms",
      ).argParser(hostAndPort),
    );
}

/** Adds all options of the recording proxy about TLS and passwords. */
export function addTlsOptions(command: Command): Command {
  return addCsmsTlsOptions(addChargerTlsOptions(command))
    .option("--csms-basic <file>", "passwords to show to the CSMS instead: a file of identity:password lines")
    .option("--keylog <file>", "write the secrets of TLS there, for Wireshark (or SSLKEYLOGFILE)");
}

/** Opens the file for secrets, where one is asked for. */
export function keylogOf(session: CliSession, path: string | undefined): OpenKeylog | undefined {
  const named = path ?? session.env.SSLKEYLOGFILE;
  if (named === undefined || named === "") return undefined;
  return openKeylog(named, (error) =>
    session.err(`ocpp-vcr: ${named} cannot be written: ${error.message}; it goes on without`),
  );
}

/** The passwords of a file of `identity:password` lines. */
const basicAuthOf = (path: string | undefined): BasicAuth | undefined =>
  path === undefined ? undefined : readPasswords(readNamedFile(path));

const ownPairs = ({ tlsCert = [], tlsKey = [] }: ChargerTlsOptions): readonly Credentials[] => {
  if (tlsKey.length > tlsCert.length)
    throw usage("there are more --tls-key than --tls-cert", "Give each key behind its certificate.");
  return tlsCert.map((certificate, i) => keyPairFrom(certificate, tlsKey[i]));
};

const hasStore = (folder: string): boolean => existsSync(join(folder, "root-rsa.pem"));

const rootsOf = (options: ChargerTlsOptions, store: CertificateStore | undefined): readonly string[] => {
  if (options.clientCa !== undefined) return options.clientCa.flatMap(certificatesIn);
  if (store !== undefined) return store.rootCertificates();
  if (options.mtls === undefined) return [];
  throw usage(
    "--mtls needs to know whom to trust",
    "Give --client-ca FILE, or make a store: ocpp-vcr certs init.",
  );
};

/** TLS towards chargers as the options want it. Throws VcrError. */
function chargerTlsOf(options: ChargerTlsOptions, keylog: OpenKeylog | undefined): ChargerTls {
  const pairs = ownPairs(options);
  const isThere = hasStore(options.certs);
  const mode = options.tls ?? (pairs.length > 0 || isThere ? "auto" : "off");
  if (mode === "off" && options.mtls !== undefined)
    throw usage("--mtls goes with TLS alone", "Make a store with ocpp-vcr certs init, or leave --mtls out.");
  const store = mode !== "off" && (isThere || pairs.length === 0) ? openStore(options.certs) : undefined;
  return {
    mode,
    credentials: (name, address) =>
      pairs.length > 0 ? pairsFor(pairs, name) : (store?.serverCredentials(name, address) ?? []),
    oddCredentials: store === undefined ? undefined : oddCredentialsOf(store.folder),
    clientCertificate: options.mtls ?? "off",
    clientCa: rootsOf(options, store),
    organization: options.clientCa === undefined ? store?.organization || undefined : undefined,
    bindIdentity: options.bindIdentity,
    leastVersion: options.tlsMin === "1.0" ? "TLSv1" : "TLSv1.2",
    handshakeMs: options.handshakeTimeout,
    maxHandshakes: options.maxHandshakes,
    keylog: keylog?.log,
  };
}

/** The ways to a client certificate exclude each other. */
const checkOne = (options: CsmsTlsOptions): void => {
  const given = [options.csmsCert, options.csmsCertDir, options.csmsMint ?? options.csmsMintCa].filter(
    Boolean,
  );
  if (given.length > 1)
    throw usage(
      "there is more than one way to a client certificate",
      "Give --csms-cert, --csms-cert-dir or --csms-mint.",
    );
  if (options.csmsKey !== undefined && options.csmsCert === undefined)
    throw usage("--csms-key goes with --csms-cert alone", "Give the certificate, too.");
};

const clientCredentials = (options: CsmsTlsOptions): CsmsTls["credentials"] => {
  const { csmsCert, csmsKey, csmsCertDir, csmsMint, csmsMintCa, certs } = options;
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

/** TLS towards the CSMS as URL and options want it; undefined for a plain one. Throws VcrError. */
export function csmsTlsOf(
  options: CsmsTlsOptions,
  url: URL,
  env: CliSession["env"],
  keylog: OpenKeylog | undefined,
): CsmsTls | undefined {
  const named = (["csmsCert", "csmsCertDir", "csmsMint", "csmsMintCa"] as const).find(
    (one) => options[one] !== undefined,
  );
  if (url.protocol !== "wss:") {
    if (named !== undefined)
      throw usage("a client certificate goes with wss:// alone", "Write wss:// in --csms, or leave it out.");
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

/** Where the CSMS is dialled. */
export function dialAddress(url: URL, connect: HostAndPort | undefined): { host: string; port: number } {
  const standard = url.protocol === "wss:" ? 443 : 80;
  const port = url.port === "" ? standard : Number(url.port);
  return connect === undefined
    ? { host: url.hostname.replace(/^\[|\]$/g, ""), port }
    : { host: connect.host, port: connect.port ?? port };
}

/** The options of the recording proxy about TLS and passwords. */
export interface TlsOptions extends ChargerTlsOptions, CsmsTlsOptions {
  readonly csmsBasic?: string;
  readonly keylog?: string;
}

/** TLS and passwords of a recording proxy, ready for its context. */
export interface TlsPlan {
  readonly charger: ChargerTls;
  readonly basicAuth: BasicAuth | undefined;
  /** The parts of the CSMS's address that TLS has a say in. */
  readonly csms: {
    readonly host: string;
    readonly port: number;
    readonly origin: string;
    readonly tls: CsmsTls | undefined;
    readonly basic: BasicAuth | undefined;
  };
  /** To be said at the start and in the summary. */
  readonly warnings: readonly string[];
  /** Closes what was opened. */
  close(): void;
}

const warningsOf = (
  { leastVersion, clientCertificate, mode }: ChargerTls,
  csms: CsmsTls | undefined,
): string[] => [
  ...(csms?.insecure === true
    ? ["WARNING: the CSMS's certificate is not checked (--csms-insecure): anybody could be in its place."]
    : []),
  ...(leastVersion === "TLSv1" && mode !== "off"
    ? [
        "WARNING: TLS 1.0 and 1.1 are allowed (--tls-min 1.0): who is in between may read and change what passes.",
      ]
    : []),
  ...(clientCertificate === "require" && mode === "auto"
    ? ["Plain connections are refused, because --mtls require asks for a certificate."]
    : []),
];

/** Reads what the options name. Throws VcrError. */
export function tlsPlanOf(session: CliSession, options: TlsOptions, url: URL): TlsPlan {
  const keylog = keylogOf(session, options.keylog);
  const charger = chargerTlsOf(options, keylog);
  const tls = csmsTlsOf(options, url, session.env, keylog);
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
      ...(keylog === undefined ? [] : ["The secrets of TLS are being written to a file (--keylog)."]),
    ],
    close: () => keylog?.close(),
  };
}
