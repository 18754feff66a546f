// Starts the admin API of a run: its address and its token.

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

/** The parts of a run's admin API. */
export interface AdminListenerParts extends AdminParts {
  readonly options: AdminOptions;
  /** The folder of the cassettes; the default place of the token file. */
  readonly out: string | undefined;
  readonly env: Environment;
  /** The address of the CSMS that chargers are forwarded to. */
  readonly csms: ListenAddress;
  readonly onInternalError: (error: unknown) => void;
}

/** The running admin API. */
export interface RunningAdmin {
  readonly admin: Admin;
  readonly url: string;
  /** The file that holds the token; undefined if the token comes from the environment. */
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
      `--admin ${host}:${port} opens the admin API to the network and needs a token that you choose`,
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

/** Refuses the admin API itself as the CSMS: chargers would reach it through the proxy. */
const refuseOwnPort = async (server: AdminServer, csms: ListenAddress): Promise<void> => {
  if (csms.port !== server.port) return;
  const found = await lookup(csms.host, { all: true }).catch(() => []);
  const own = [...ownAddresses(server.host), ...everywhere];
  if (![csms.host, ...found.map(({ address }) => address)].some((address) => own.includes(address))) return;
  throw usage(
    `--csms is the admin API of this program itself (port ${server.port})`,
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
