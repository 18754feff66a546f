// `csms`: the embedded CSMS, for programs.

import { type EmbeddedCsms, type EmbeddedCsmsOptions, startEmbeddedCsms } from "../io/csms/embedded-csms.js";
import { type ListenAddress, readListenAddress } from "./addresses.js";

/** The options of `csms`. */
export interface CsmsOptions extends Omit<EmbeddedCsmsOptions, "host" | "port"> {
  /** `[host:]port`; `0`, a free port of 127.0.0.1, unless given. */
  readonly listen?: string | ListenAddress | undefined;
  /** Closes it when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the embedded CSMS: it accepts every charge point of OCPP 1.6, 2.0.1 and 2.1, and answers each of its CALLs.
 *
 * @throws VcrError `LISTEN_FAILED`, or `USAGE` for an address that cannot be read
 *
 * @example
 * const backend = await csms();
 * const proxy = await record({ csms: backend.url });
 */
export async function csms(options: CsmsOptions = {}): Promise<EmbeddedCsms> {
  const { listen = "0", signal, ...rest } = options;
  signal?.throwIfAborted();
  const address = typeof listen === "string" ? readListenAddress(listen) : listen;
  const started = await startEmbeddedCsms({ ...rest, ...address });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    signal?.removeEventListener("abort", close);
    closing ??= started.close();
    return closing;
  };
  signal?.addEventListener("abort", close);
  if (signal?.aborted === true) await close();
  return { ...started, close };
}
