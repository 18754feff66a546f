// The guard of production systems for replays: compares the hosts that are dialled with those the cassettes were recorded
// from.

import type { Entry } from "../../cassette/format/entry.js";
import { readCassetteFile } from "../../io/cassette/cassette-file.js";
import {
  type Guarded,
  type GuardedAct,
  guardError,
  guardOf,
  hostName,
  hostsOf,
  isLoopback,
} from "../production-guard.js";
import type { HostAndPort } from "../tls-options.js";

/** The CSMSs that are replayed to, and the production host that was confirmed. */
export interface GuardSettings {
  readonly csms: URL | "embedded";
  readonly against?: URL | "embedded" | undefined;
  readonly csmsConnect?: HostAndPort | undefined;
  readonly production?: boolean | undefined;
  readonly toProduction?: string | undefined;
}

/** Guards the replays of one command. */
export interface ReplayGuard {
  /** Why a replay of these entries is refused; undefined if it is allowed. */
  of(entries: readonly Entry[]): Guarded | undefined;
  /** Refuses a replay of these entries. Throws VcrError PRODUCTION_GUARDED. */
  checkEntries(entries: readonly Entry[]): void;
  /** Checks all cassettes; called before anything is dialled. Throws VcrError PRODUCTION_GUARDED. */
  check(cassettes: readonly string[]): Promise<void>;
}

/** The entries of a cassette; none if it cannot be read, which is reported when it is replayed. */
const entriesOf = async (path: string): Promise<readonly Entry[]> => {
  try {
    return (await readCassetteFile(path)).entries.map(({ entry }) => entry);
  } catch {
    return [];
  }
};

/** All names of the hosts that are dialled. If --csms-connect is this machine, the host of the URL is not dialled. */
const hostsDialled = ({ csms, csmsConnect, against }: GuardSettings): readonly string[] => {
  const hosts: string[] = [];
  if (csmsConnect !== undefined) hosts.push(csmsConnect.host);
  const isHere = csmsConnect !== undefined && isLoopback(hostName(csmsConnect.host));
  if (csms instanceof URL && !isHere) hosts.push(csms.hostname);
  if (against instanceof URL) hosts.push(against.hostname);
  return hosts;
};

/** Makes the guard; it allows every run to the embedded CSMS. `what` names the act in messages. */
export function replayGuard(settings: GuardSettings, what = "the replay"): ReplayGuard {
  const { production, toProduction: confirmed } = settings;
  const hosts = hostsDialled(settings);
  const act = (recordedFrom: ReadonlySet<string>): GuardedAct => ({
    what,
    hosts,
    recordedFrom,
    isMarked: production === true,
    confirmed,
  });
  const refuse = (recordedFrom: ReadonlySet<string>): void => {
    const error = hosts.length === 0 ? undefined : guardError(act(recordedFrom));
    if (error !== undefined) throw error;
  };
  return {
    of: (entries) => (hosts.length === 0 ? undefined : guardOf(act(hostsOf(entries)))),
    checkEntries: (entries) => refuse(hostsOf(entries)),
    check: async (cassettes) => {
      refuse(new Set());
      if (hosts.every((host) => isLoopback(hostName(host)))) return;
      for (const path of cassettes) refuse(hostsOf(await entriesOf(path)));
    },
  };
}
