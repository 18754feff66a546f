// The recording proxy of one trial of a sweep. It listens on 127.0.0.1, has the trial's rule, and keeps the recorded
// entries in memory as well as in cassettes.

import type { Entry } from "../../cassette/format/entry.js";
import { relayLimits } from "../../relay/limits.js";
import { createDecider } from "../../rules/deciding/decide.js";
import type { Trial } from "../../sweep/trials.js";
import { createRunCassettes, type RunCassettes } from "../cassette/run-cassettes.js";
import { type Clock, startClock } from "../platform/clock.js";
import { hideHead } from "../platform/hide-heads.js";
import { ChargerAddressing } from "../proxy/charger-addressing.js";
import { type RunningProxy, startProxy } from "../proxy/proxy.js";
import { addressOf, type StationDestination } from "./sweep-station.js";

/** How a proxy of a sweep is started. */
export interface DisturbedRelayOptions {
  readonly csms: StationDestination;
  readonly seed: number;
  /** The folder for its cassettes. */
  readonly folder: string;
  /** Undefined for the clean replay. */
  readonly trial: Trial | undefined;
  /** A cassette cannot be written. */
  readonly onCassetteFailure: (path: string, error: Error) => void;
}

const times = { headMs: 10_000, connectMs: 10_000, answerMs: 30_000 };

/** A running proxy of a sweep. */
export class DisturbedRelay {
  /** The entries of charge points, and all decisions. */
  readonly entries: Entry[] = [];
  private readonly clock: Clock = startClock();
  private readonly runCassettes: RunCassettes;
  private proxy: RunningProxy | undefined;
  private closed: Promise<void> | undefined;

  private constructor({ folder, trial, seed, csms, onCassetteFailure }: DisturbedRelayOptions) {
    const { url } = csms;
    const source = trial?.ruleSet.source ?? null;
    this.runCassettes = createRunCassettes({
      folder,
      clock: this.clock,
      facts: {
        source: "sweep",
        tool: "ocpp-vcr",
        csms: `${url.protocol}//${url.host}${url.pathname}`,
        seed: trial === undefined ? null : seed,
        rules: source,
      },
      listen: (entry, identity) => {
        if (identity !== null || entry.kind === "decision") this.entries.push(entry);
      },
      onFailure: onCassetteFailure,
    });
  }

  /** Starts a proxy on a free port. */
  static async start(options: DisturbedRelayOptions): Promise<DisturbedRelay> {
    const relay = new DisturbedRelay(options);
    await relay.listen(options);
    return relay;
  }

  get url(): string {
    return this.proxy?.url ?? "";
  }

  get cassettes(): readonly string[] {
    return this.runCassettes.paths();
  }

  /** Closes the proxy and its cassettes. */
  close(): Promise<void> {
    this.closed ??= (async () => {
      await this.proxy?.close();
      await this.runCassettes.close();
    })();
    return this.closed;
  }

  private async listen({ csms, seed, trial }: DisturbedRelayOptions): Promise<void> {
    const { url, tls } = csms;
    const { clock } = this;
    const ordinals = new Map<string, number>();
    this.proxy = await startProxy(
      {
        csms: {
          ...addressOf(csms),
          basePath: url.pathname === "/" ? "" : url.pathname,
          hostField: url.host,
          origin: `${url.protocol}//${url.host}`,
          tls,
        },
        addressing: new ChargerAddressing(),
        times,
        limits: relayLimits,
        clock,
        cassettes: this.runCassettes,
        rules: trial === undefined ? undefined : createDecider(trial.ruleSet, seed, clock.startedMs),
        nextOrdinal: (identity) => {
          const ordinal = (ordinals.get(identity) ?? 0) + 1;
          ordinals.set(identity, ordinal);
          return ordinal;
        },
        hideHead,
        // The log lines of the proxy are not needed.
        log: () => undefined,
      },
      "127.0.0.1",
      0,
    );
  }
}
