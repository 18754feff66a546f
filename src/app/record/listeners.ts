// Where a run listens, the addresses by which chargers reach it, and what the CSMS is asked for.

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

/** How the target of a charger becomes the target at the CSMS. */
export interface Addressing {
  readonly path: PathRule;
  readonly identityFrom: IdentitySource;
}

/** The name that stands for a charger's identity in URLs that are shown. */
const identityWord = "IDENTITY";

/** The target of a charger whose name is read from there. */
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

/** The places that the options name. Throws VcrError USAGE. */
export function placesOf({ listen = "0" }: Pick<RecordOptions, "listen">): readonly ListenPlace[] {
  const isOne = typeof listen === "string" || typeof listen === "number" || "port" in listen;
  return (isOne ? [listen] : listen).map(listenPlaceOf);
}

/** The ways that are worth naming for a listener: those from outside, or all where there are none. */
export function waysFor({ ways }: Pick<RecordListener, "ways">): readonly ListenerAddress[] {
  const outside = ways.filter(({ within }) => within === "network");
  return outside.length > 0 ? outside : ways;
}

const modes = { ws: "off", wss: "on" } as const;

/** Listens in all of these places, or in none; `onListening` is called for each at once. Throws VcrError LISTEN_FAILED. */
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
