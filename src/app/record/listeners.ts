// Opens the listeners of a run: the addresses by which chargers reach it, and the URL at the CSMS that belongs to each.

import { type RunningProxy, startProxy } from "../../io/proxy/proxy.js";
import type { ProxyContext } from "../../io/proxy/upgrade-context.js";
import { type CertificateFor, listenerUrls } from "../../io/sockets/addresses.js";
import type { ChargerTls } from "../../io/tls/tls-settings.js";
import type { IdentitySource } from "../../wire/http/identity-source.js";
import { type PathRule, targetAtCsms } from "../../wire/http/target.js";
import { type ListenPlace, listenPlaceOf } from "../addresses.js";
import type { ListenerAddress, RecordListener } from "./record-events.js";
import type { RecordOptions } from "./record-options.js";

/** An open listener. */
export interface OpenListener {
  readonly proxy: RunningProxy;
  readonly listener: RecordListener;
}

/** How the request target of a charger becomes the one at the CSMS, and where its identity comes from. */
export interface Addressing {
  readonly path: PathRule;
  readonly identityFrom: IdentitySource;
}

/** The placeholder for a charger's identity in printed URLs. */
const identityWord = "IDENTITY";

/** An example of a request target that has the identity where `from` reads it. */
const exampleTarget = (from: IdentitySource): string => {
  switch (from.kind) {
    case "path":
    case "pattern":
      return `/${identityWord}`;
    case "query":
      return `/?${encodeURIComponent(from.name)}=${identityWord}`;
    default:
      return "/";
  }
};

/** The places to listen on. Throws VcrError USAGE. */
export function placesOf({ listen = "0" }: Pick<RecordOptions, "listen">): readonly ListenPlace[] {
  const isOne = typeof listen === "string" || typeof listen === "number" || "port" in listen;
  return (isOne ? [listen] : listen).map(listenPlaceOf);
}

/** The addresses to print for a listener: those that the network reaches, or all if there are none. */
export function waysFor({ ways }: Pick<RecordListener, "ways">): readonly ListenerAddress[] {
  const outside = ways.filter(({ within }) => within === "network");
  return outside.length > 0 ? outside : ways;
}

const modes = { ws: "off", wss: "on" } as const;

/** Listens on all of these places, or on none if one fails; calls `onListening` for each. Throws VcrError LISTEN_FAILED. */
export async function openListeners(
  context: ProxyContext & { readonly tls: ChargerTls },
  places: readonly ListenPlace[],
  { path, identityFrom }: Addressing,
  onListening: (listener: RecordListener) => void,
): Promise<readonly OpenListener[]> {
  const { csms, tls: charger } = context;
  const certificateFor: CertificateFor = (address) => charger.credentials(undefined, address)[0]?.cert;
  const target = exampleTarget(identityFrom);
  const asks = `${csms.origin}${targetAtCsms(csms.basePath, target, path)}`;
  const open: OpenListener[] = [];
  try {
    for (const { host, port, scheme } of places) {
      const tls = scheme === undefined ? charger.mode : modes[scheme];
      const proxy = await startProxy({ ...context, tls: { ...charger, mode: tls } }, host, port);
      const place = { host, port: proxy.port, tls };
      const listener = { ...place, url: proxy.url, ways: listenerUrls(place, certificateFor), target, asks };
      open.push({ proxy, listener });
      onListening(listener);
    }
    return open;
  } catch (error) {
    await Promise.all(open.map(({ proxy }) => proxy.close()));
    throw error;
  }
}
