// `csms`: the embedded CSMS, for programs.

import { type EmbeddedCsms, type EmbeddedCsmsOptions, startEmbeddedCsms } from "../io/csms/embedded-csms.js";
import { type ListenAddress, listenAddressOf } from "./addresses.js";
import {
  callback,
  checkOptions,
  object,
  optionsOf,
  signal as signalKind,
  type TableOf,
  whole,
} from "./check-options.js";
import { listenAddress } from "./option-kinds.js";

/** The options of `csms`. */
export interface CsmsOptions extends Omit<EmbeddedCsmsOptions, "host" | "port"> {
  /** `[host:]port`, or a port of 127.0.0.1; `0`, a free port of 127.0.0.1, unless given. */
  readonly listen?: string | number | ListenAddress | undefined;
  /** Closes it when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

const csmsTable: TableOf<CsmsOptions> = {
  listen: listenAddress,
  interval: whole(0, 2_147_483_647),
  firstTransactionId: whole(0),
  now: callback,
  tls: object,
  onEvent: callback,
  signal: signalKind,
};

/**
 * Starts the embedded CSMS: it accepts every charge point of OCPP 1.6, 2.0.1 and 2.1, and answers each of its CALLs.
 *
 * @throws VcrError `LISTEN_FAILED`, or `USAGE` for wrong options
 *
 * @example
 * const backend = await csms();
 * const proxy = await record({ csms: backend.url });
 */
export async function csms(options: CsmsOptions = {}): Promise<EmbeddedCsms> {
  checkOptions("csms", options, optionsOf(csmsTable));
  const { listen = "0", signal, ...rest } = options;
  signal?.throwIfAborted();
  const address = listenAddressOf(listen);
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
