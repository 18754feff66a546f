// Finds requests of ours that came back to us: the name of the CSMS leads to this machine, because the charger's DNS
// serves it, too. Chargers' keys are not always random, so that an equal Sec-WebSocket-Key alone proves nothing: it must
// come from a port of our own, or, where something stands between, for the third time while the first waits.

/** An upgrade on its way to the CSMS. */
export interface Outgoing {
  /** It leaves from this local port. */
  dialled(localPort: number | undefined): void;
  /** It was answered, or given up. */
  over(): void;
}

interface Waiting {
  readonly key: string;
  port: number | undefined;
}

/** Times that a key may wait at once, where no port tells whose it is. */
const mostEqualKeys = 2;

const endpoint = (address: string | undefined, port: number | undefined): string =>
  `${address?.replace(/^::ffff:/i, "")} ${port}`;

/** Remembers the upgrades that wait for the CSMS's answer, and the connections of plain requests. */
export class LoopWatch {
  private readonly waiting = new Set<Waiting>();
  private readonly own = new Set<string>();

  /** Notes a connection of ours for plain requests; what it gives ends that. */
  leaves(localAddress: string | undefined, localPort: number | undefined): () => void {
    const one = endpoint(localAddress, localPort);
    if (localPort !== undefined) this.own.add(one);
    return () => void this.own.delete(one);
  }

  /** Whether a plain request from there comes over a connection of ours. */
  isOwn(remoteAddress: string | undefined, remotePort: number | undefined): boolean {
    return this.own.has(endpoint(remoteAddress, remotePort));
  }

  /** Whether an upgrade with this key from this remote port is one of ours. */
  isLoop(key: string | undefined, remotePort: number | undefined): boolean {
    if (key === undefined) return false;
    const same = [...this.waiting].filter((one) => one.key === key);
    return same.length >= mostEqualKeys || same.some(({ port }) => port !== undefined && port === remotePort);
  }

  /** Notes an upgrade that leaves. */
  begin(key: string | undefined): Outgoing {
    const one: Waiting = { key: key ?? "", port: undefined };
    if (key !== undefined) this.waiting.add(one);
    return {
      dialled: (localPort) => {
        one.port = localPort;
      },
      over: () => void this.waiting.delete(one),
    };
  }
}

/** What the charger, and the person who runs the proxy, are told of a loop. */
export const loopReason =
  "a loop: this upgrade came back to ocpp-vcr itself, because the name of --csms leads to this machine (its DNS serves the chargers', too); name the CSMS's own address with --csms-connect";
