// Checks the connection to a CSMS without a charger: host name, port, TLS, and the upgrade with each OCPP version. Gives each
// result as soon as it is known, all within one deadline.

import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { ocppVersions, subprotocolOf } from "../../ocpp/version.js";
import type { Credentials } from "../../pki/credentials.js";
import { printable } from "../../text/printable.js";
import type { Clock } from "../platform/clock.js";
import { startTimer, type Timer } from "../platform/timers.js";
import { type CsmsProxy, connectThrough } from "../sockets/connect-proxy.js";
import { type DialOutcome, dial, dialReason } from "../sockets/dial.js";
import { dialLeg } from "../tls/tls-dial.js";
import type { CsmsTls } from "../tls/tls-settings.js";
import { certificateHint } from "./probe-client-certificate.js";
import { type Deadline, type ProbeStep, startDeadline, timed } from "./probe-step.js";
import { checkChain, checkKeys, checkSni, speaksTls } from "./probe-tls.js";
import { tryUpgrade, type UpgradeOutcome } from "./probe-upgrade.js";

/** What to check. */
export interface ProbeOptions {
  readonly url: URL;
  /** The host and port to connect to. */
  readonly host: string;
  readonly port: number;
  readonly proxy?: CsmsProxy | undefined;
  readonly identity: string;
  readonly tls: CsmsTls | undefined;
  readonly authorization: (subprotocol: string | undefined) => string | undefined;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** The subprotocols of OCPP-J, and none, which old chargers offer. */
const subprotocols: readonly (string | undefined)[] = [...ocppVersions.map(subprotocolOf), undefined];

const checkMs = 3000;
const maxAddresses = 4;

const addressesOf = async (
  host: string,
  deadline: Deadline,
): Promise<{ readonly step: ProbeStep; readonly addresses: readonly string[] }> => {
  if (isIP(host) !== 0)
    return { step: { step: "dns", result: "yes", message: `${host} is an address` }, addresses: [host] };
  const { value, ms } = await timed(async () => {
    let timer: Timer | undefined;
    const late = new Promise<Error>((resolve) => {
      timer = startTimer(() => resolve(new Error("no answer in time")), deadline.left(checkMs));
    });
    const found = lookup(host, { all: true }).catch((error: Error) => error);
    const first = await Promise.race([found, late]);
    timer?.stop();
    return first;
  });
  if (value instanceof Error)
    return {
      step: { step: "dns", result: "no", message: `${printable(host, 120)}: ${dialReason(value)}`, ms },
      addresses: [],
    };
  const addresses = [...new Set(value.map(({ address }) => address))];
  const message = `${printable(host, 120)} is ${addresses.join(", ")}`;
  return { step: { step: "dns", result: "yes", message, ms }, addresses };
};

const portStep = async (
  addresses: readonly string[],
  port: number,
  deadline: Deadline,
): Promise<{ readonly step: ProbeStep; readonly open: readonly string[] }> => {
  const tried = addresses.slice(0, maxAddresses);
  const { value, ms } = await timed(() =>
    Promise.all(
      tried.map(async (address) => {
        const outcome = await dial(address, port, deadline.left(checkMs));
        if ("error" in outcome) return { address, problem: dialReason(outcome.error) };
        outcome.socket.on("error", () => undefined).destroy();
        return { address, problem: undefined };
      }),
    ),
  );
  const open = value.filter(({ problem }) => problem === undefined).map(({ address }) => address);
  const words = value.map(({ address, problem }) => `${address} ${problem ?? "open"}`);
  return {
    step: {
      step: "tcp",
      result: open.length > 0 ? "yes" : "no",
      message: `port ${port}: ${words.join(", ")}`,
      ms,
    },
    open,
  };
};

const skipped = (step: string, message: string): ProbeStep => ({ step, result: "skipped", message });

/** Runs the checks. The last result says whether a charger can connect. */
export async function* probe(options: ProbeOptions): AsyncGenerator<ProbeStep> {
  const deadline = startDeadline(options.timeoutMs);
  const { url, port, proxy, tls } = options;
  let host = options.host;
  if (proxy !== undefined) yield skipped("dns", `the proxy ${proxy.shown} does this`);
  else {
    const names = await addressesOf(host, deadline);
    yield names.step;
    if (names.addresses.length === 0) return;
    const ports = await portStep(names.addresses, port, deadline);
    yield ports.step;
    const [first] = ports.open;
    if (first === undefined) return;
    // The next checks use an address that answers.
    host = first;
  }
  const dialSocket = dialPlain({ ...options, host });
  if (tls === undefined) yield skipped("tls", `not used with ${url.protocol}//`);
  else {
    const credentials = credentialsOf(tls, options.identity);
    const check = { dial: dialSocket, tls, credentials, clock: options.clock, deadline };
    const [chain, keys, sni] = await Promise.all([checkChain(check), checkKeys(check), checkSni(check)]);
    chain.leg?.raw.destroy();
    yield chain.step;
    yield keys;
    yield isIP(tls.name) === 0 ? sni : skipped("sni", "the URL has an IP address, not a host name");
    if (chain.leg === undefined) {
      yield skipped("upgrade", "not tried, because nothing is sent before the certificate is verified");
      return;
    }
  }
  yield* upgrades({ ...options, host }, deadline);
}

const dialPlain =
  ({ proxy, host, port }: ProbeOptions) =>
  (timeoutMs: number): Promise<DialOutcome> =>
    proxy === undefined ? dial(host, port, timeoutMs) : connectThrough(proxy, host, port, timeoutMs);

const credentialsOf = (tls: CsmsTls, identity: string): readonly Credentials[] => tls.credentials(identity);

async function* upgrades(options: ProbeOptions, deadline: Deadline): AsyncGenerator<ProbeStep> {
  const { url, identity, authorization, host, port, tls, proxy } = options;
  const check = {
    dial: (timeoutMs: number) => dialLeg({ host, port, tls, proxy }, identity, timeoutMs),
    url,
    identity,
    authorization,
    deadline,
  };
  const agreed: string[] = [];
  const outcomes: UpgradeOutcome[] = [];
  let date: string | undefined;
  for (const subprotocol of subprotocols) {
    if (deadline.isOver) {
      yield skipped(
        "upgrade",
        `${subprotocol ?? "no subprotocol"}: not tried, the time of --timeout is over`,
      );
      continue;
    }
    const outcome = await tryUpgrade(check, subprotocol);
    outcomes.push(outcome);
    date ??= outcome.date;
    if (outcome.agreed) agreed.push(subprotocol ?? "none");
    // A CSMS need not support every version, so this is no problem yet.
    yield { ...outcome.step, result: outcome.agreed ? "yes" : "note" };
  }
  if (await mayUseTls(options, outcomes, deadline))
    yield {
      step: "tls",
      result: "no",
      message: `port ${port} probably uses TLS: write wss://${url.host}${url.port === "" ? ":80" : ""}${url.pathname}`,
    };
  yield clockStep(date, options.clock);
  yield verdict(identity, agreed, outcomes);
}

/** Whether a port that did not answer plain HTTP accepts TLS. TLS servers close, send an alert or answer with 400. */
const mayUseTls = async (
  options: ProbeOptions,
  outcomes: readonly UpgradeOutcome[],
  deadline: Deadline,
): Promise<boolean> => {
  const hasNoAnswer = outcomes.every(({ status }) => status === undefined || status === 400);
  return (
    options.tls === undefined && hasNoAnswer && !deadline.isOver && speaksTls(dialPlain(options), deadline)
  );
};

const verdict = (
  identity: string,
  agreed: readonly string[],
  outcomes: readonly UpgradeOutcome[],
): ProbeStep => {
  const step = "verdict";
  if (agreed.length > 0)
    return { step, result: "yes", message: `${identity} can connect with ${agreed.join(", ")}` };
  const hint = outcomes.some(({ wantsCertificate }) => wantsCertificate) ? `; ${certificateHint}` : "";
  return { step, result: "no", message: `${identity} cannot connect with any OCPP version${hint}` };
};

const maxSkewMs = 60_000;

/** Compares this machine's clock with the CSMS's. */
export function clockStep(date: string | undefined, clock: Pick<Clock, "wall">): ProbeStep {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return skipped("clock", "the CSMS sent no Date header");
  const skew = Date.parse(clock.wall()) - theirs;
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) <= maxSkewMs)
    return { step: "clock", result: "yes", message: `within ${Math.max(1, seconds)} s of the CSMS's clock` };
  const message = `${seconds} s ${skew > 0 ? "ahead of" : "behind"} the CSMS's clock. Certificates may seem invalid and times on cassettes may be wrong: set this machine's clock`;
  return { step: "clock", result: "note", message };
}
