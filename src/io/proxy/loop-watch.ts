// Recognises loops: a request that this proxy sent to the CSMS comes back to it, because the CSMS's host name resolves to
// this machine (the chargers' DNS is often changed so). Chargers do not always use random keys, so an equal
// Sec-WebSocket-Key is not enough: the request must come from a port of a connection to the CSMS, or, through another
// proxy, for the third time while the first one waits.

/** An upgrade that was sent to the CSMS. */
export interface TrackedUpgrade {
  /** Sets the local port that it is sent from. */
  sentFrom(localPort: number | undefined): void;
  /** Ends tracking: it was answered, or has failed. */
  end(): void;
}

interface WaitingUpgrade {
  readonly key: string;
  port: number | undefined;
}

/** How many upgrades with the same key may wait at once, unless one has the same port. */
const maxEqualKeys = 2;

const endpoint = (address: string | undefined, port: number | undefined): string =>
  `${address?.replace(/^::ffff:/i, "")} ${port}`;

/** Tracks the upgrades that wait for the CSMS's answer, and the connections of plain requests. */
export class LoopWatch {
  private readonly waiting = new Set<WaitingUpgrade>();
  private readonly own = new Set<string>();

  /** Tracks a connection for plain requests, until the function that it returns is called. */
  trackConnection(localAddress: string | undefined, localPort: number | undefined): () => void {
    const one = endpoint(localAddress, localPort);
    if (localPort !== undefined) this.own.add(one);
    return () => void this.own.delete(one);
  }

  /** Whether a plain request from this address was sent by this proxy. */
  isOwn(remoteAddress: string | undefined, remotePort: number | undefined): boolean {
    return this.own.has(endpoint(remoteAddress, remotePort));
  }

  /** Whether an upgrade with this key, from this remote port, was sent by this proxy. */
  isLoop(key: string | undefined, remotePort: number | undefined): boolean {
    if (key === undefined) return false;
    const same = [...this.waiting].filter((one) => one.key === key);
    return same.length >= maxEqualKeys || same.some(({ port }) => port !== undefined && port === remotePort);
  }

  /** Tracks an upgrade. */
  trackUpgrade(key: string | undefined): TrackedUpgrade {
    const one: WaitingUpgrade = { key: key ?? "", port: undefined };
    if (key !== undefined) this.waiting.add(one);
    return {
      sentFrom: (localPort) => {
        one.port = localPort;
      },
      end: () => void this.waiting.delete(one),
    };
  }
}

/** The reason of a refused loop. */
export const loopReason =
  "a loop: ocpp-vcr sent this request to the CSMS and received it itself, because the host name of --csms resolves to this machine; give the IP address of the CSMS with --csms-connect";
