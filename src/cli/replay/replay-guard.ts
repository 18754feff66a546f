// The guard before a replay: which hosts it goes to, and which ones its cassettes were recorded from.

import {
  type Guarded,
  type GuardedAct,
  guardError,
  guardOf,
  hostName,
  hostsOf,
  isLoopback,
} from "../../app/production-guard.js";
import type { Entry } from "../../cassette/format/entry.js";
import { readCassetteFile } from "../../io/cassette/cassette-file.js";
import type { ReplayOptions } from "./replay-options.js";

/** Watches over the replays of one command. */
export interface ReplayGuard {
  /** What speaks against a replay of these entries; undefined where nothing does. */
  of(entries: readonly Entry[]): Guarded | undefined;
  /** Looks at all cassettes before anything is dialled. Throws VcrError PRODUCTION_GUARDED. */
  check(cassettes: readonly string[]): Promise<void>;
}

/** The entries of a cassette; none where it cannot be read, which is told when its turn comes. */
const entriesOf = async (path: string): Promise<readonly Entry[]> => {
  try {
    return (await readCassetteFile(path)).entries.map(({ entry }) => entry);
  } catch {
    return [];
  }
};

/** The hosts that a replay goes to, by all their names; one that is dialled on this machine is this machine. */
const hostsDialled = ({ csms, csmsConnect, against }: ReplayOptions): readonly string[] => {
  const hosts: string[] = [];
  if (csmsConnect !== undefined) hosts.push(csmsConnect.host);
  const isHere = csmsConnect !== undefined && isLoopback(hostName(csmsConnect.host));
  if (csms instanceof URL && !isHere) hosts.push(csms.hostname);
  if (against instanceof URL) hosts.push(against.hostname);
  return hosts;
};

/** Makes the guard of a command; the embedded CSMS needs none. */
export function replayGuard(options: ReplayOptions, confirmed: string | undefined): ReplayGuard {
  const { production } = options;
  const hosts = hostsDialled(options);
  if (hosts.length === 0) return { of: () => undefined, check: () => Promise.resolve() };
  const act = (recordedFrom: ReadonlySet<string>): GuardedAct => ({
    what: "the replay",
    hosts,
    recordedFrom,
    isMarked: production === true,
    confirmed,
  });
  const refuse = (recordedFrom: ReadonlySet<string>): void => {
    const error = guardError(act(recordedFrom));
    if (error !== undefined) throw error;
  };
  return {
    of: (entries) => guardOf(act(hostsOf(entries))),
    check: async (cassettes) => {
      refuse(new Set());
      if (hosts.every((host) => isLoopback(hostName(host)))) return;
      for (const path of cassettes) refuse(hostsOf(await entriesOf(path)));
    },
  };
}
