// Starts a recording proxy in this process between raw peers, with its cassettes in a temporary folder.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { createRunCassettes, type RunCassettes } from "../../../src/io/cassette/run-cassettes.js";
import type { ConnectionRegistry } from "../../../src/io/control/connection-registry.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { hideHead } from "../../../src/io/platform/hide-heads.js";
import { type AddressingOptions, ChargerAddressing } from "../../../src/io/proxy/charger-addressing.js";
import { type RunningProxy, startProxy } from "../../../src/io/proxy/proxy.js";
import type { ProxyContext, ProxyTimes } from "../../../src/io/proxy/upgrade-context.js";
import type { BasicAuth } from "../../../src/io/tls/tls-passwords.js";
import type { ChargerTls, CsmsTls } from "../../../src/io/tls/tls-settings.js";
import { type RelayLimits, relayLimits } from "../../../src/relay/limits.js";
import type { Decider } from "../../../src/rules/deciding/decide.js";
import { dialRaw, RawListener, type RawPeer, switching, upgradeHead } from "../peers/raw-peer.js";
import { armed } from "./relay-player.js";

/** How a proxy is started; everything has a default. */
export interface WorldOptions {
  /** The text of a rule file. */
  readonly rules?: string;
  /** Rules that can change, and the registry of connections, instead of `rules`. */
  readonly decider?: Decider;
  readonly registry?: ConnectionRegistry;
  /** Gets every entry of every cassette. */
  readonly hear?: (entry: Entry, identity: string | null) => void;
  readonly basePath?: string;
  readonly keepHost?: boolean;
  readonly reach?: AddressingOptions;
  readonly times?: Partial<ProxyTimes>;
  readonly limits?: Partial<RelayLimits>;
  /** Called with every connection that the CSMS accepts. */
  readonly attend?: (csms: RawPeer) => void;
  /** The port of another CSMS than the raw one. */
  readonly csmsPort?: number;
  readonly tls?: ChargerTls;
  readonly csmsTls?: CsmsTls;
  readonly basicAuth?: BasicAuth;
  readonly csmsBasic?: BasicAuth;
}

/** A running proxy, and the raw CSMS that it forwards to. */
export interface ProxyWorld {
  readonly folder: string;
  readonly csms: RawListener;
  readonly proxy: RunningProxy;
  readonly context: ProxyContext;
  readonly entries: readonly Entry[];
  readonly said: readonly string[];
  readonly cassettes: RunCassettes;
  dial(): Promise<RawPeer>;
  /** Connects a charger through the proxy to the CSMS, and returns both after the upgrade. */
  connect(target?: string): Promise<{ charger: RawPeer; csms: RawPeer }>;
  /** Waits for an entry of this kind that was not returned before. */
  entry<Kind extends Entry["kind"]>(kind: Kind): Promise<Extract<Entry, { kind: Kind }>>;
  /** Stops the proxy and closes its cassettes. */
  stop(): Promise<void>;
}

/** Starts a proxy, which stops after the test. */
export async function startWorld(options: WorldOptions = {}): Promise<ProxyWorld> {
  const folder = await mkdtemp(join(tmpdir(), "ocpp-vcr-"));
  const csms = await new RawListener(options.attend).listen();
  const entries: Entry[] = [];
  const said: string[] = [];
  const watchers = new Set<() => void>();
  const clock = startClock();
  const cassettes = createRunCassettes({
    folder,
    clock,
    facts: { source: "record", tool: "test", csms: null, seed: null, rules: options.rules ?? null },
    listen: (entry, identity) => {
      entries.push(entry);
      options.hear?.(entry, identity);
      for (const watch of [...watchers]) watch();
    },
    onFailure: (_path, error) => said.push(error.message),
  });
  const port = options.csmsPort ?? csms.port;
  const ordinals = new Map<string, number>();
  const context: ProxyContext = {
    csms: {
      host: "127.0.0.1",
      port,
      basePath: options.basePath ?? "",
      hostField: options.keepHost === true ? undefined : `csms.example:${port}`,
      origin: `ws${options.csmsTls === undefined ? "" : "s"}://csms.example:${port}`,
      tls: options.csmsTls,
      basic: options.csmsBasic,
    },
    addressing: new ChargerAddressing({ log: (line) => said.push(line), ...options.reach }),
    tls: options.tls,
    basicAuth: options.basicAuth,
    times: { headMs: 5000, connectMs: 5000, answerMs: 5000, ...options.times },
    limits: { ...relayLimits, ...options.limits },
    clock,
    cassettes,
    rules: options.decider ?? (options.rules === undefined ? undefined : armed(options.rules)),
    registry: options.registry,
    hideHead,
    nextOrdinal: (identity) => {
      const next = (ordinals.get(identity) ?? 0) + 1;
      ordinals.set(identity, next);
      return next;
    },
    log: (line) => said.push(line),
  };
  const proxy = await startProxy(context, "127.0.0.1", 0);
  const chargers: RawPeer[] = [];
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await proxy.close();
    await cassettes.close();
  };
  const given = new Set<Entry>();
  const world: ProxyWorld = {
    folder,
    csms,
    proxy,
    context,
    entries,
    said,
    cassettes,
    dial: async () => {
      const charger = await dialRaw(proxy.port);
      chargers.push(charger);
      return charger;
    },
    connect: async (target = "/ocpp/CP1") => {
      const charger = await world.dial();
      charger.send(upgradeHead(target));
      const peer = await csms.accept();
      await peer.head();
      peer.send(switching);
      await charger.head();
      return { charger, csms: peer };
    },
    entry: (kind) =>
      new Promise((resolve) => {
        const watch = (): void => {
          const found = entries.find((entry) => entry.kind === kind && !given.has(entry));
          if (found === undefined) return;
          watchers.delete(watch);
          given.add(found);
          resolve(found as never);
        };
        watchers.add(watch);
        watch();
      }),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
  onTestFinished(async () => {
    for (const { socket } of chargers) socket.destroy();
    await csms.close();
    await world.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return world;
}
