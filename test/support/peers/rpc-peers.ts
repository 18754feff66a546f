// Real peers: a charger and a CSMS of ocpp-rpc, and a charging session between them.
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSecureServer, type ServerOptions } from "node:https";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { createRPCError, RPCClient, RPCServer } from "ocpp-rpc";
import { onTestFinished } from "vitest";

/** What a CSMS of ocpp-rpc has received. */
export interface RpcCsms {
  readonly url: string;
  readonly port: number;
  /** Actions received, in order. */
  readonly received: readonly string[];
  /** The answers of the chargers to the calls of the CSMS. */
  readonly answers: readonly unknown[];
  /** Payloads that strict mode refused. */
  readonly refused: readonly string[];
  /** The transaction ids handed out. */
  readonly transactionIds: readonly number[];
  /** The credentials of every connection: identity, password, CN of its certificate. */
  readonly proofs: readonly Proof[];
}

/** The credentials of a charger. */
export interface Proof {
  readonly identity: string;
  readonly password: string | undefined;
  readonly commonName: string | undefined;
}

const answersOf = (next: () => number): Readonly<Record<string, () => unknown>> => {
  const currentTime = (): string => new Date().toISOString();
  return {
    BootNotification: () => ({ status: "Accepted", currentTime: currentTime(), interval: 300 }),
    Heartbeat: () => ({ currentTime: currentTime() }),
    StatusNotification: () => ({}),
    Authorize: () => ({ idTagInfo: { status: "Accepted" } }),
    StartTransaction: () => ({ transactionId: next(), idTagInfo: { status: "Accepted" } }),
    StopTransaction: () => ({ idTagInfo: { status: "Accepted" } }),
    MeterValues: () => ({}),
    DataTransfer: () => ({ status: "Accepted" }),
  };
};

/** Starts a CSMS that gives transaction ids from `firstId` up; with `calls` it makes calls after the first Heartbeat. */
export async function startRpcCsms(options: {
  strict: boolean;
  firstId: number;
  calls: boolean;
  /** The settings of TLS; plain without them. */
  tls?: ServerOptions;
  /** The password that chargers must have. */
  password?: string;
}): Promise<RpcCsms> {
  const seen = {
    received: [] as string[],
    answers: [] as unknown[],
    refused: [] as string[],
    transactionIds: [] as number[],
    proofs: [] as Proof[],
  };
  let nextId = options.firstId;
  const answers = answersOf(() => {
    seen.transactionIds.push(nextId);
    return nextId++;
  });
  const server = new RPCServer({ protocols: ["ocpp1.6"], strictMode: options.strict });
  server.auth((accept, reject, { identity, password, request }) => {
    const socket = request.socket as TLSSocket;
    const commonName = "getPeerCertificate" in socket ? socket.getPeerCertificate().subject?.CN : undefined;
    seen.proofs.push({
      identity,
      password: password?.toString(),
      commonName: String(commonName ?? "") || undefined,
    });
    if (options.password === undefined || password?.toString() === options.password) accept();
    else reject(401, "no");
  });
  server.on("client", (client) => {
    client.on("strictValidationFailure", ({ error }: { error: Error }) => seen.refused.push(error.message));
    client.handle(({ method }: { method: string }) => {
      seen.received.push(method);
      const answer = answers[method];
      if (answer === undefined) throw createRPCError("NotImplemented");
      if (method === "Heartbeat" && options.calls) setImmediate(() => void ask(client, seen.answers));
      return answer();
    });
  });
  const http = options.tls === undefined ? createServer() : createSecureServer(options.tls);
  http.on("upgrade", server.handleUpgrade);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  onTestFinished(async () => {
    await server.close({ force: true });
    http.close();
  });
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const scheme = options.tls === undefined ? "ws" : "wss";
  return { url: `${scheme}://127.0.0.1:${port}`, port, ...seen };
}

interface Caller {
  call(method: string, params: unknown): Promise<unknown>;
}

const ask = async (client: Caller, answers: unknown[]): Promise<void> => {
  answers.push(await client.call("GetConfiguration", { key: ["HeartbeatInterval"] }));
  answers.push(await client.call("ChangeConfiguration", { key: "HeartbeatInterval", value: "300" }));
};

/** Runs a whole charging session through `url`; resolves when the charger has disconnected. */
export async function holdSession(
  url: string,
  identity: string,
  strict: boolean,
  proof: { readonly password?: string; readonly wsOpts?: ConnectionOptions } = {},
): Promise<void> {
  const options = {
    endpoint: url,
    identity,
    protocols: ["ocpp1.6"],
    strictMode: strict,
    reconnect: false,
    ...proof,
  } as ConstructorParameters<typeof RPCClient>[0];
  const station = new RPCClient(options);
  station.handle("GetConfiguration", async () => ({
    configurationKey: [{ key: "HeartbeatInterval", readonly: false, value: "300" }],
  }));
  station.handle("ChangeConfiguration", async () => ({ status: "Accepted" }));
  await station.connect();
  const time = (): string => new Date().toISOString();
  const status = (state: string): Promise<unknown> =>
    station.call("StatusNotification", {
      connectorId: 1,
      errorCode: "NoError",
      status: state,
      timestamp: time(),
    });
  await station.call("BootNotification", { chargePointVendor: "Test", chargePointModel: "Peer" });
  await station.call("Heartbeat", {});
  await status("Preparing");
  await station.call("Authorize", { idTag: "TAG" });
  const start = (await station.call("StartTransaction", {
    connectorId: 1,
    idTag: "TAG",
    meterStart: 0,
    timestamp: time(),
  })) as {
    transactionId: number;
  };
  const { transactionId } = start;
  await status("Charging");
  for (const value of ["10.5", "21.0"])
    await station.call("MeterValues", {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: time(), sampledValue: [{ value, unit: "Wh" }] }],
    });
  await station.call("DataTransfer", { vendorId: "org.example", data: "späße ☃ 𝄞 \u0007" });
  await station.call("StopTransaction", { transactionId, meterStop: 21, timestamp: time(), reason: "Local" });
  await status("Available");
  await station.close({ code: 1000, reason: "done" });
}
