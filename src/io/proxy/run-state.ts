// The state of a run that rules about the run as a whole need: its open connections, and outages that rules have caused.
// There is one for each run, for all its listeners; a run is identified by its RunCassettes.

import { nsPerMs } from "../../base/time.js";
import type { RunAction } from "../../relay/protocol.js";
import type { RunningRelay } from "./run-relay.js";
import type { ProxyContext } from "./upgrade-context.js";

/** An outage that a rule has caused. */
export interface Outage {
  readonly rule: string;
  /** Its end, in nanoseconds since the start of the run. */
  readonly untilNs: number;
  /** Whether the port is closed meanwhile. */
  readonly isClosed: boolean;
}

interface OpenRelay {
  readonly identity: string;
  readonly relay: RunningRelay;
}

/** Whether rules may act on this charge point; undefined: one whose identity is not known yet. */
type MayTouch = (identity: string | undefined) => boolean;

const anyone: MayTouch = () => true;

/** The connections and outages of a run. */
export class RunState {
  private readonly open = new Set<OpenRelay>();
  private outageOfAll: Outage | undefined;
  private readonly outages = new Map<string, Outage>();
  private readonly ports = new Set<{ close(): void }>();

  /** Adds an open connection, until the function that it returns is called. */
  opened(identity: string, relay: RunningRelay): () => void {
    const one: OpenRelay = { identity, relay };
    this.open.add(one);
    return () => void this.open.delete(one);
  }

  /** Adds a port that an outage may close. It opens again by itself. */
  addPort(port: { close(): void }): void {
    this.ports.add(port);
  }

  /** The current outage for a new connection. An outage ends when its time is over or its rule is disarmed. */
  outage(
    identity: string | undefined,
    nowNs: number,
    mayTouch: MayTouch = anyone,
    isArmed: (rule: string) => boolean = () => true,
  ): Outage | undefined {
    const lasts = (outage: Outage | undefined): outage is Outage =>
      outage !== undefined && nowNs < outage.untilNs && isArmed(outage.rule);
    if (!lasts(this.outageOfAll)) this.outageOfAll = undefined;
    else if (mayTouch(identity)) return this.outageOfAll;
    if (identity === undefined) return undefined;
    const own = this.outages.get(identity);
    if (lasts(own)) return own;
    this.outages.delete(identity);
    return undefined;
  }

  /** Starts an outage for all charge points that rules may act on, or for one, and resets their connections. */
  down(identity: string, { action, rule }: RunAction, nowNs: number, mayTouch: MayTouch = anyone): void {
    if (action.kind !== "down") return;
    // A closed port would also affect charge points that rules may not act on.
    const isClosed = action.port === "closed" && mayTouch(undefined);
    const outage = { rule, untilNs: nowNs + action.ms * nsPerMs, isClosed };
    if (action.scope === "all") this.outageOfAll = outage;
    else this.outages.set(identity, outage);
    if (outage.isClosed) for (const port of this.ports) port.close();
    const cut = [...this.open].filter((one) =>
      action.scope === "all" ? mayTouch(one.identity) : one.identity === identity,
    );
    for (const { relay } of cut) relay.operate({ kind: "reset", by: rule });
  }

  /** Closes the other connections of this identity, or, if there are others, the new one. */
  kick(identity: string, newest: RunningRelay, { action, rule }: RunAction): void {
    if (action.kind !== "kick") return;
    const { code, reason, keep } = action;
    const others = [...this.open].filter((one) => one.identity === identity && one.relay !== newest);
    const closed = keep === "new" ? others.map(({ relay }) => relay) : others.length > 0 ? [newest] : [];
    for (const relay of closed) relay.operate({ kind: "close", code, reason, by: rule });
  }
}

const states = new WeakMap<object, RunState>();

/** The state of the run of this context. */
export function runStateOf({ cassettes }: Pick<ProxyContext, "cassettes">): RunState {
  const known = states.get(cassettes);
  if (known !== undefined) return known;
  const made = new RunState();
  states.set(cassettes, made);
  return made;
}
