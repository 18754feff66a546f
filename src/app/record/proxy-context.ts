// The context that the listeners of a run share: the CSMS, the cassettes, the rules, the limits.

import { VcrError } from "../../base/errors.js";
import type { HideHead } from "../../cassette/hide-secrets.js";
import type { RunCassettes } from "../../io/cassette/run-cassettes.js";
import type { Clock } from "../../io/platform/clock.js";
import { hideHeadsWith } from "../../io/platform/hide-heads.js";
import { ChargerAddressing } from "../../io/proxy/charger-addressing.js";
import type { ProxyContext } from "../../io/proxy/upgrade-context.js";
import { type CsmsProxy, readCsmsProxy } from "../../io/sockets/connect-proxy.js";
import type { ChargerTls } from "../../io/tls/tls-settings.js";
import { relayLimits } from "../../relay/limits.js";
import { createDecider, createRecordedDecider, type Decider } from "../../rules/deciding/decide.js";
import type { RecordedFaults } from "../../rules/deciding/recorded-faults.js";
import { lastSegment } from "../../wire/http/identity-source.js";
import { readHeaderNames, readIdentityWord, readPathWord } from "../addresses.js";
import type { TlsPlan } from "../tls-plan.js";
import type { Addressing } from "./listeners.js";
import type { RecordOptions } from "./record-options.js";
import type { RunControls } from "./run-controls.js";

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

/** The HTTP proxy on the way to the CSMS. Its URL may hold a password and is never printed. Throws VcrError USAGE. */
export function csmsProxyOf({ csmsProxy }: RecordOptions): CsmsProxy | undefined {
  if (csmsProxy === undefined) return undefined;
  const proxy = readCsmsProxy(csmsProxy);
  if (proxy !== undefined) return proxy;
  throw usage(
    "the value of --csms-proxy is not the URL of an HTTP proxy",
    "Write http://host:port, or http://user:password@host:port.",
  );
}

/** Where the identity of a charger comes from, and how its path changes. Throws VcrError USAGE. */
export function addressingOf({ path = "append", identityFrom = lastSegment }: RecordOptions): Addressing {
  return {
    path: typeof path === "string" ? readPathWord(path) : path,
    identityFrom: typeof identityFrom === "string" ? readIdentityWord(identityFrom) : identityFrom,
  };
}

/** Hides the secrets of heads and the values of `hideHeaders`. Throws VcrError USAGE. */
const hideHeadOf = ({ hideHeaders = [] }: RecordOptions): HideHead =>
  hideHeadsWith(hideHeaders.flatMap(readHeaderNames));

/** The parts of the context. */
export interface ContextParts {
  readonly options: RecordOptions;
  readonly csms: URL;
  readonly clock: Clock;
  readonly tls: TlsPlan;
  readonly seed: number;
  readonly recorded: RecordedFaults | undefined;
  readonly controls: RunControls;
  readonly cassettes: RunCassettes;
  readonly addressing: Addressing;
  readonly notice: (message: string) => void;
}

const deciderOf = ({ seed, recorded, controls, clock }: ContextParts): Decider | undefined => {
  const { rules } = controls;
  if (rules === undefined) return undefined;
  return recorded === undefined
    ? createDecider(rules, seed, clock.startedMs)
    : createRecordedDecider(recorded, rules);
};

/** Makes the context of a run. Throws VcrError USAGE. */
export function contextOf(parts: ContextParts): ProxyContext & { readonly tls: ChargerTls } {
  const { options, csms, clock, tls, controls, cassettes, addressing, notice } = parts;
  const { keepHost, forwarded, connectTimeoutMs, answerTimeoutMs, maxFrameBytes } = options;
  const ordinals = new Map<string, number>();
  return {
    csms: {
      ...tls.csms,
      basePath: csms.pathname === "/" ? "" : csms.pathname,
      hostField: keepHost === true ? undefined : csms.host,
      proxy: csmsProxyOf(options),
    },
    addressing: new ChargerAddressing({
      ...addressing,
      ...(forwarded === undefined ? {} : { forwarded }),
      log: notice,
    }),
    tls: tls.charger,
    basicAuth: tls.basicAuth,
    times: { headMs: 10_000, connectMs: connectTimeoutMs ?? 10_000, answerMs: answerTimeoutMs ?? 30_000 },
    limits: { ...relayLimits, ...(maxFrameBytes === undefined ? {} : { maxFrame: maxFrameBytes }) },
    clock,
    cassettes,
    rules: deciderOf(parts),
    registry: controls.registry,
    hideHead: hideHeadOf(options),
    nextOrdinal: (identity) => {
      const ordinal = (ordinals.get(identity) ?? 0) + 1;
      ordinals.set(identity, ordinal);
      return ordinal;
    },
    log: notice,
  };
}
