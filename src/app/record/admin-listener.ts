// The admin API of a run: where it listens, and its token.

import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { Admin, type AdminParts } from "../../admin/admin.js";
import type { AdminServer } from "../../admin/http/server.js";
import { type AdminToken, openToken } from "../../admin/http/token.js";
import { VcrError } from "../../base/errors.js";
import { type ListenAddress, listenAddressOf } from "../addresses.js";
import type { Environment } from "../surroundings.js";
import type { AdminOptions } from "./record-options.js";

/** What the admin API of a run is made of. */
export interface AdminListenerParts extends AdminParts {
  readonly options: AdminOptions;
  /** The folder of the cassettes, where the token file is unless another one is given. */
  readonly out: string | undefined;
  readonly env: Environment;
  /** Where chargers are led. */
  readonly csms: ListenAddress;
  readonly onInternalError: (error: unknown) => void;
}

/** The running admin API. */
export interface RunningAdmin {
  readonly admin: Admin;
  readonly url: string;
  /** The file that holds the token; undefined where the environment gave it. */
  readonly tokenPath: string | undefined;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const tokenOf = ({ options, env, out }: AdminListenerParts, { host, port }: ListenAddress): AdminToken => {
  const { tokenFile: file } = options;
  const environment = env.OCPP_VCR_ADMIN_TOKEN;
  const isGiven = file !== undefined || (environment !== undefined && environment !== "");
  const isLoopback = host === "localhost" || host === "::1" || host.startsWith("127.");
  if (!isLoopback && !isGiven)
    throw usage(
      `--admin ${host}:${port} would open the admin API to the network without a token that you chose`,
      "Set OCPP_VCR_ADMIN_TOKEN or --admin-token-file, or listen on 127.0.0.1.",
    );
  if (!isGiven && out === undefined)
    throw usage(
      "the admin API needs a place for its token",
      "Set OCPP_VCR_ADMIN_TOKEN or --admin-token-file, or give a folder for the cassettes.",
    );
  return openToken({ environment, file, fallback: join(out ?? "", "admin-token") });
};

const everywhere = ["0.0.0.0", "::"];

const ownAddresses = (host: string): readonly string[] =>
  everywhere.includes(host)
    ? Object.values(networkInterfaces()).flatMap((addresses) =>
        (addresses ?? []).map(({ address }) => address),
      )
    : [host, ...(host === "localhost" ? ["127.0.0.1", "::1"] : [])];

/** Refuses a CSMS that is this very admin API: chargers would reach it through the proxy. */
const refuseOwnPort = async (server: AdminServer, csms: ListenAddress): Promise<void> => {
  if (csms.port !== server.port) return;
  const found = await lookup(csms.host, { all: true }).catch(() => []);
  const own = [...ownAddresses(server.host), ...everywhere];
  if (![csms.host, ...found.map(({ address }) => address)].some((address) => own.includes(address))) return;
  throw usage(
    `--csms leads to the admin API of this very program (port ${server.port})`,
    "Give the address of the CSMS, or another port with --admin.",
  );
};

/** Starts the admin API. Throws VcrError USAGE, LISTEN_FAILED or FILE_UNWRITABLE. */
export async function startAdmin(parts: AdminListenerParts): Promise<RunningAdmin> {
  const { listen, hosts = [] } = parts.options;
  const address = listenAddressOf(listen);
  const token = tokenOf(parts, address);
  const admin = new Admin(parts);
  try {
    const server = await admin.listen({
      ...address,
      token: token.value,
      names: hosts,
      onDefect: parts.onInternalError,
    });
    await refuseOwnPort(server, parts.csms);
    return { admin, url: server.url, tokenPath: token.path };
  } catch (error) {
    await admin.close();
    throw error;
  }
}
