// The guard of production systems before a replay: the hosts it goes to, and those its cassettes were recorded from.

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

/** Where replays go, and what was confirmed. */
export interface GuardSettings {
  readonly csms: URL | "embedded";
  readonly against?: URL | "embedded" | undefined;
  readonly csmsConnect?: HostAndPort | undefined;
  readonly production?: boolean | undefined;
  readonly toProduction?: string | undefined;
}

/** Guards the replays of one command. */
export interface ReplayGuard {
  /** What speaks against a replay of these entries; undefined where nothing does. */
  of(entries: readonly Entry[]): Guarded | undefined;
  /** Refuses a replay of these entries. Throws VcrError PRODUCTION_GUARDED. */
  checkEntries(entries: readonly Entry[]): void;
  /** Looks at all cassettes before anything is dialled. Throws VcrError PRODUCTION_GUARDED. */
  check(cassettes: readonly string[]): Promise<void>;
}

/** The entries of a cassette; none where it cannot be read, which is reported when its turn comes. */
const entriesOf = async (path: string): Promise<readonly Entry[]> => {
  try {
    return (await readCassetteFile(path)).entries.map(({ entry }) => entry);
  } catch {
    return [];
  }
};

/** The hosts that a replay goes to, by all their names; one that is dialled on this machine is this machine. */
const hostsDialled = ({ csms, csmsConnect, against }: GuardSettings): readonly string[] => {
  const hosts: string[] = [];
  if (csmsConnect !== undefined) hosts.push(csmsConnect.host);
  const isHere = csmsConnect !== undefined && isLoopback(hostName(csmsConnect.host));
  if (csms instanceof URL && !isHere) hosts.push(csms.hostname);
  if (against instanceof URL) hosts.push(against.hostname);
  return hosts;
};

/** Makes the guard; the embedded CSMS needs none. Messages call what is about to happen `what`. */
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
