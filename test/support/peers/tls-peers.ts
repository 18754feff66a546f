// Chargers and CSMSs that speak TLS with certificates of a store for tests, and the settings of a proxy between them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { type ConnectionOptions, connect, createServer, type TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";
import { type ChargerTls, type CsmsTls, noTls } from "../../../src/io/tls/tls-settings.js";
import type { Credentials } from "../../../src/pki/credentials.js";
import { type CertificateStore, openStore } from "../../../src/pki/store.js";
import { makeLastingStore } from "../runs/certificate-stores.js";
import { RawListener, RawPeer, switching } from "./raw-peer.js";

const store = openStore(makeLastingStore());

/** The store that the test files of this process share. */
export function testStore(): CertificateStore {
  return store;
}

/** Key and certificate as node:tls takes them. */
export function pairs(credentials: readonly Credentials[]): { key: string[]; cert: string[] } {
  return { key: credentials.map(({ key }) => key), cert: credentials.map(({ cert }) => cert) };
}

/** Settings for TLS with chargers, from the store of the tests. */
export function chargerTls(over: Partial<ChargerTls> = {}): ChargerTls {
  return {
    ...noTls,
    mode: "on",
    credentials: (name, address) => store.serverCredentials(name, address),
    clientCa: store.rootCertificates(),
    ...over,
  };
}

/** Settings for TLS with a CSMS whose certificate is in the store of the tests. */
export function csmsTls(over: Partial<CsmsTls> = {}): CsmsTls {
  return {
    name: "csms.example.com",
    ca: testStore().rootCertificates(),
    insecure: false,
    credentials: () => [],
    keylog: undefined,
    ...over,
  };
}

/** Dials as a charger that trusts the store of the tests; resolves after the handshake. */
export async function dialTls(port: number, options: ConnectionOptions = {}): Promise<RawPeer> {
  const raw = connectTcp({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  await once(raw, "connect");
  const socket = connect({
    socket: raw,
    servername: "csms.example.com",
    ca: [...testStore().rootCertificates()],
    ...options,
  });
  raw.on("error", () => undefined);
  onTestFinished(() => void raw.destroy());
  await new Promise<void>((resolve, reject) => {
    socket.once("secureConnect", resolve).once("error", reject);
    socket.once("close", () => reject(new Error("closed in the middle of the handshake")));
  });
  return new RawPeer(socket);
}

/** A CSMS that speaks TLS. */
export interface TlsCsms {
  readonly port: number;
  /** All connections with a finished handshake. */
  readonly peers: readonly RawPeer[];
  /** The number of TCP connections, with or without a handshake. */
  readonly connections: () => number;
}

/** Answers an upgrade with 101, if one arrives. */
const agree = (peer: RawPeer): void =>
  void peer.head().then(
    () => peer.send(switching),
    () => undefined,
  );

/** Starts a CSMS with a certificate of the store of the tests; it accepts every upgrade unless `attend` does something else. */
export async function startTlsCsms(
  options: TlsOptions = {},
  attend: (peer: RawPeer) => void = agree,
): Promise<TlsCsms> {
  const peers: RawPeer[] = [];
  let connections = 0;
  const server = createServer(
    { ...pairs(testStore().serverCredentials("csms.example.com")), allowHalfOpen: true, ...options },
    (socket) => {
      const peer = new RawPeer(socket);
      peers.push(peer);
      attend(peer);
    },
  );
  const raws = new Set<{ destroy(): void }>();
  server.on("connection", (raw) => {
    connections++;
    raws.add(raw);
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const raw of raws) raw.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, peers, connections: () => connections };
}

/** Starts openssl as a CSMS that asks for a client certificate and refuses with an alert, as node:tls never does; returns its port. */
export async function startStrictCsms(version: "-tls1_2" | "-tls1_3"): Promise<number> {
  const { folder } = testStore();
  const listener = await new RawListener().listen();
  const { port } = listener;
  await listener.close();
  const files = ["-cert", join(folder, "server-ec.pem"), "-key", join(folder, "server-ec.key")];
  const trust = ["-Verify", "1", "-verify_return_error", "-CAfile", join(folder, "root-ec.pem")];
  const server = spawn("openssl", ["s_server", "-accept", `127.0.0.1:${port}`, ...files, ...trust, version], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill());
  await new Promise<void>((resolve) =>
    server.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("ACCEPT")) resolve();
    }),
  );
  return port;
}
