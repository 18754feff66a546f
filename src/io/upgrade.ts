// One charger's upgrade: its head goes to the CSMS with only the target and the value of Host replaced, the
// CSMS's answer comes back as octets, and at 101 a relay takes over both raw sockets (design 4.2, 4.3).

import type { Socket } from "node:net";
import { printable } from "../base/printable.js";
import { hideSecrets, hideUserinfo } from "../cassette/hide-secrets.js";
import { createRelay } from "../relay/connection.js";
import { canTouch } from "../rules/decide.js";
import { fieldValue, fieldValues, type Head } from "../wire/head.js";
import { requestLine, rewriteHead } from "../wire/request-head.js";
import { chosenSubprotocol, statusOf } from "../wire/response-head.js";
import { identityOf, shownTarget, targetAtCsms } from "../wire/target.js";
import { dial, dialReason } from "./dial.js";
import { keyedHash } from "./digests.js";
import { readHeadFrom } from "./read-head.js";
import { type Asker, noteGone, passRefusal, refuse } from "./refuse.js";
import { type RunningRelay, runRelay } from "./run-relay.js";
import type { ProxyContext } from "./upgrade-context.js";

/** A charger that asks for an upgrade; `rest` is what came behind its head. */
export interface Upgrade {
  readonly socket: Socket;
  readonly from: string;
  readonly head: Head;
  readonly rest: Buffer;
}

/** A response head of the CSMS may be longer than a charger's. */
const answerLimits = { octets: 65_536, fields: 300 };

interface Prepared {
  readonly asker: Asker;
  readonly identity: string;
  readonly headForCsms: Uint8Array;
  readonly extensionsRemoved: boolean;
}

const prepare = (context: ProxyContext, upgrade: Upgrade): Prepared => {
  const { head, from, socket } = upgrade;
  const target = targetAtCsms(context.csms.basePath, requestLine(head)?.target ?? "/");
  const identity = identityOf(requestLine(head)?.target ?? "") ?? `unknown-${from.replace(/:\d+$/, "")}`;
  const url = hideUserinfo(`${context.csms.origin}${shownTarget(target)}`);
  const { rules } = context;
  const touched =
    rules !== undefined &&
    (["cp-to-csms", "csms-to-cp"] as const).some((direction) => canTouch(rules.ruleSet, identity, direction));
  const offered = fieldValue(head, "sec-websocket-extensions") !== undefined;
  const rewrite = { target, host: context.csms.hostField, withoutExtensions: touched };
  return {
    asker: { socket, from, identity, url, head },
    identity,
    headForCsms: rewriteHead(head, rewrite),
    extensionsRemoved: touched && offered,
  };
};

/** Carries an upgrade to its end; gives the running relay once the CSMS has answered 101. */
export async function carryUpgrade(
  context: ProxyContext,
  upgrade: Upgrade,
): Promise<RunningRelay | undefined> {
  const prepared = prepare(context, upgrade);
  const { asker } = prepared;
  const { host, port, origin } = context.csms;
  const waiting = watchCharger(upgrade);
  const outcome = await dial(host, port, context.times.connectMs);
  if ("error" in outcome) {
    waiting.stop();
    const reason = `ocpp-vcr cannot reach the CSMS at ${origin}: ${dialReason(outcome.error)}`;
    refuse(context, asker, { status: 502, reason, by: "network" });
    return undefined;
  }
  const csms = outcome.socket;
  csms.write(prepared.headForCsms);
  waiting.onGone(() => csms.destroy());
  let arrival = await readHeadFrom(csms, answerLimits, context.times.answerMs, Buffer.alloc(0));
  while (arrival.kind === "head" && isInterim(statusOf(arrival.head))) {
    upgrade.socket.write(arrival.head.raw);
    arrival = await readHeadFrom(csms, answerLimits, context.times.answerMs, arrival.rest);
  }
  const early = waiting.stop();
  if (waiting.gone()) {
    csms.on("error", () => undefined).destroy();
    noteGone(context, asker, "the charger went away before the CSMS had answered", undefined);
    return undefined;
  }
  switch (arrival.kind) {
    case "head":
      if (statusOf(arrival.head) === 101)
        return open(context, prepared, csms, { head: arrival.head, rest: arrival.rest, early });
      passRefusal(context, asker, csms, {
        head: arrival.head,
        octets: Buffer.concat([arrival.head.raw, arrival.rest]),
      });
      return undefined;
    case "bad":
      passRefusal(context, asker, csms, { head: undefined, octets: arrival.octets });
      return undefined;
    case "timeout":
      csms.on("error", () => undefined).destroy();
      refuse(context, asker, {
        status: 504,
        reason: `the CSMS at ${origin} did not answer the upgrade in time`,
        by: "network",
      });
      return undefined;
    case "ended":
      if (arrival.octets.length > 0)
        passRefusal(context, asker, csms, { head: undefined, octets: arrival.octets });
      else {
        csms.on("error", () => undefined).destroy();
        refuse(context, asker, {
          status: 502,
          reason: `the CSMS at ${origin} closed the connection without an answer`,
          by: "network",
        });
      }
      return undefined;
  }
}

const isInterim = (status: number | undefined): boolean =>
  status !== undefined && status >= 100 && status < 200 && status !== 101;

interface Waiting {
  /** Stops watching; gives what the charger has sent meanwhile. */
  stop(): Buffer;
  gone(): boolean;
  onGone(then: () => void): void;
}

/** Keeps what a charger sends before its answer is there, up to a limit, and sees it leave. */
const watchCharger = ({ socket, rest }: Upgrade): Waiting => {
  const parts: Buffer[] = [rest];
  let size = rest.length;
  let gone = false;
  let tell: () => void = () => undefined;
  const take = (chunk: Buffer): void => {
    parts.push(chunk);
    size += chunk.length;
    if (size > earlyLimit) socket.pause();
  };
  const leave = (): void => {
    gone = true;
    tell();
  };
  socket.on("data", take).on("error", leave).on("close", leave);
  socket.resume();
  return {
    stop: () => {
      // Whoever takes over hears the rest; the one listener that stays keeps an error from being nobody's.
      tell = () => undefined;
      socket.off("data", take).off("close", leave);
      socket.pause();
      return Buffer.concat(parts);
    },
    gone: () => gone,
    onGone: (then) => {
      tell = then;
      if (gone) then();
    },
  };
};

const earlyLimit = 1024 * 1024;

interface Opening {
  readonly head: Head;
  readonly rest: Buffer;
  readonly early: Buffer;
}

const open = (context: ProxyContext, prepared: Prepared, csms: Socket, opening: Opening): RunningRelay => {
  const { asker, identity } = prepared;
  const { shelf, clock, limits, rules, say } = context;
  asker.socket.write(opening.head.raw);
  const tape = shelf.of(identity);
  const connection = tape.nextConnection();
  const ordinal = context.nextOrdinal(identity);
  const subprotocol = chosenSubprotocol(opening.head);
  tape.record({
    kind: "connection-opened",
    connection,
    ordinal,
    at: clock.now(),
    identity,
    from: asker.from,
    url: asker.url,
    subprotocol,
    request: asker.head === undefined ? null : hideSecrets(asker.head.raw, keyedHash),
    response: hideSecrets(opening.head.raw, keyedHash),
  });
  const shown = `${printable(identity, 60)} #${ordinal}`;
  say(
    `${shown} from ${asker.from} connected to ${printable(asker.url ?? "", 200)} (${printable(subprotocol ?? "no subprotocol", 40)})`,
  );
  const note = (code: string, message: string): void => {
    tape.record({ kind: "note", connection, at: clock.now(), code, message });
    say(`${shown}: ${message}`);
  };
  if (prepared.extensionsRemoved)
    note(
      "extensions-removed",
      "the offer of extensions was taken out of the upgrade, because rules are armed for this charge point",
    );
  else if (fieldValues(opening.head, "sec-websocket-extensions").length > 0 && rules !== undefined)
    note(
      "extensions-agreed",
      "extensions were agreed although rules are armed; compressed messages pass them unread",
    );
  return runRelay({
    sockets: { charger: asker.socket, csms },
    machine: createRelay({ connection, identity, ordinal, limits, rules }),
    clock,
    record: tape.record,
    early: { charger: opening.early, csms: opening.rest },
    onDefect: rules === undefined ? "pipe" : "close",
    reportDefect: (error) =>
      note("defect", `a defect of ocpp-vcr: ${error instanceof Error ? error.message : String(error)}`),
    done: () => {
      rules?.decider.forget(identity, ordinal);
      say(`${shown} closed`);
    },
  });
};
