// What rules have done to a run as a whole: which connections are open, of whom, and until when there is no listener.
// One for each run, on whichever of its listeners; a run has one cassettes.

import { nsPerMs } from "../../base/time.js";
import type { RunAction } from "../../relay/protocol.js";
import type { RunningRelay } from "./run-relay.js";
import type { ProxyContext } from "./upgrade-context.js";

/** An outage that a rule has ordered. */
export interface Outage {
  readonly rule: string;
  /** Nanoseconds since the session's start. */
  readonly until: number;
  /** Whether nobody listens meanwhile. */
  readonly isClosed: boolean;
}

interface Open {
  readonly identity: string;
  readonly relay: RunningRelay;
}

/** Whether rules may touch this charge point; undefined is one that has not said yet who it is. */
type MayTouch = (identity: string | undefined) => boolean;

const everybody: MayTouch = () => true;

/** The connections and outages of a run. */
export class RunState {
  private readonly open = new Set<Open>();
  private everyone: Outage | undefined;
  private readonly identities = new Map<string, Outage>();
  private readonly ports = new Set<{ close(): void }>();

  /** Notes a connection; what comes back forgets it. */
  opened(identity: string, relay: RunningRelay): () => void {
    const one: Open = { identity, relay };
    this.open.add(one);
    return () => void this.open.delete(one);
  }

  /** Notes a port that an outage may close; it opens by itself. */
  listensOn(port: { close(): void }): void {
    this.ports.add(port);
  }

  /**
   * The outage that a new connection meets now; of an identity once that is known. It is over with its time, or with the
   * arming of its rule: `isArmed`.
   */
  outage(
    identity: string | undefined,
    now: number,
    mayTouch: MayTouch = everybody,
    isArmed: (rule: string) => boolean = () => true,
  ): Outage | undefined {
    const lasts = (outage: Outage | undefined): outage is Outage =>
      outage !== undefined && now < outage.until && isArmed(outage.rule);
    if (!lasts(this.everyone)) this.everyone = undefined;
    else if (mayTouch(identity)) return this.everyone;
    if (identity === undefined) return undefined;
    const own = this.identities.get(identity);
    if (lasts(own)) return own;
    this.identities.delete(identity);
    return undefined;
  }

  /** Takes the listener away, from everybody whom rules may touch or from one identity, and cuts what is open. */
  down(identity: string, { action, rule }: RunAction, now: number, mayTouch: MayTouch = everybody): void {
    if (action.kind !== "down") return;
    // A port that is closed is closed to those behind the fence as well.
    const isClosed = action.port === "closed" && mayTouch(undefined);
    const outage = { rule, until: now + action.ms * nsPerMs, isClosed };
    if (action.scope === "all") this.everyone = outage;
    else this.identities.set(identity, outage);
    if (outage.isClosed) for (const port of this.ports) port.close();
    const cut = [...this.open].filter((one) =>
      action.scope === "all" ? mayTouch(one.identity) : one.identity === identity,
    );
    for (const { relay } of cut) relay.operate({ kind: "reset", by: rule });
  }

  /** Of the connections of this identity, closes all but the new one, or the new one where there are others. */
  kick(identity: string, newest: RunningRelay, { action, rule }: RunAction): void {
    if (action.kind !== "kick") return;
    const { code, reason, keep } = action;
    const others = [...this.open].filter((one) => one.identity === identity && one.relay !== newest);
    const closed = keep === "new" ? others.map(({ relay }) => relay) : others.length > 0 ? [newest] : [];
    for (const relay of closed) relay.operate({ kind: "close", code, reason, by: rule });
  }
}

const states = new WeakMap<object, RunState>();

/** The state of the run that this context belongs to. */
export function runStateOf({ cassettes }: Pick<ProxyContext, "cassettes">): RunState {
  const known = states.get(cassettes);
  if (known !== undefined) return known;
  const made = new RunState();
  states.set(cassettes, made);
  return made;
}
