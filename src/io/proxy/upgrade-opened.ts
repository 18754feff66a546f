// An upgrade that the CSMS accepted: its entry and notes on the cassette, and the relay that takes over both legs.

import { errorText } from "../../base/errors.js";
import type { ConnectionOpenedEntry } from "../../cassette/format/entry.js";
import { versionOf } from "../../ocpp/version.js";
import { createRelay, type RelayOptions } from "../../relay/connection/connection.js";
import type { RunAction } from "../../relay/protocol.js";
import { printable } from "../../text/printable.js";
import { fieldValues, type Head } from "../../wire/http/head.js";
import { chosenSubprotocol } from "../../wire/http/response-head.js";
import type { Cassette } from "../cassette/run-cassettes.js";
import type { ConnectionControl } from "../control/connection-registry.js";
import type { Leg } from "../tls/tls-settings.js";
import { controlOf } from "./connection-control.js";
import type { ChargerRequest } from "./refuse.js";
import { type RunningRelay, runRelay } from "./run-relay.js";
import { runStateOf } from "./run-state.js";
import { organizationMismatch, watchIdentity } from "./tls-admission.js";
import type { ProxyContext } from "./upgrade-context.js";
import { mayTouch, type RuledUpgrade } from "./upgrade-faults.js";

/** An upgrade that the CSMS accepted. */
export interface AcceptedUpgrade {
  readonly request: ChargerRequest;
  readonly identity: string;
  readonly charger: Leg;
  readonly csms: Leg;
  /** The head of the CSMS's answer, and the bytes after it. */
  readonly head: Head;
  readonly rest: Buffer;
  /** The bytes that the charger sent meanwhile. */
  readonly early: Buffer;
  readonly extensionsRemoved: boolean;
  readonly passwordReplaced: boolean;
  /** What rules want of the upgrade; undefined if none acts. */
  readonly ruled?: RuledUpgrade | undefined;
}

type Note = (code: string, message: string) => void;

/** Notes about the TLS of both legs. */
const noteTls = (
  context: ProxyContext,
  { charger, csms, passwordReplaced }: AcceptedUpgrade,
  note: Note,
): void => {
  const [chargerTls, csmsTls] = [charger.tls?.facts, csms.tls?.facts];
  if (context.csms.tls?.insecure === true)
    note(
      "csms-insecure",
      csmsTls?.verdict === "verified"
        ? "the certificate of the CSMS is valid, but any other would have been accepted too (--csms-insecure)"
        : `the certificate of the CSMS is NOT valid (${csmsTls?.finding ?? "it sent none"}) and was accepted anyway (--csms-insecure)`,
    );
  if (chargerTls !== undefined && chargerTls.version !== "TLSv1.2" && chargerTls.version !== "TLSv1.3")
    note(
      "tls-old",
      `the charger uses ${chargerTls.version} with ${chargerTls.suite}, which --tls-min 1.0 allows`,
    );
  if (chargerTls?.verdict === "not-verified" && context.tls?.clientCertificate !== "off")
    note(
      "client-certificate",
      `the charger's certificate is not valid (${chargerTls.finding}), but it is not required either`,
    );
  const organization = organizationMismatch(context, charger);
  if (organization !== undefined) note("organization-mismatch", organization);
  if (passwordReplaced)
    note("password-replaced", "the CSMS got the password of --csms-basic instead of the charger's own");
  const keylog = charger.tls === undefined ? undefined : context.tls?.keylog;
  if (keylog !== undefined || (csms.tls !== undefined && context.csms.tls?.keylog !== undefined))
    note("keylog", "the TLS secrets of this connection are written to a file (--keylog)");
};

/** Notes about WebSocket extensions, if rules are armed for this charge point. */
const noteExtensions = ({ rules }: ProxyContext, accepted: AcceptedUpgrade, note: Note): void => {
  const { head, identity, extensionsRemoved } = accepted;
  if (extensionsRemoved)
    note(
      "extensions-removed",
      "the offer of WebSocket extensions was removed from the upgrade, because rules are armed for this charge point",
    );
  else if (
    fieldValues(head, "sec-websocket-extensions").length > 0 &&
    (rules?.rules.touches(identity, "cp-to-csms") || rules?.rules.touches(identity, "csms-to-cp"))
  )
    note(
      "extensions-agreed",
      "WebSocket extensions were agreed before rules were armed; rules do not see compressed messages",
    );
};

/** What the peers agreed on, as far as rules need it. */
const agreed = (head: Head, subprotocol: string | null): Pick<RelayOptions, "version" | "compresses"> => ({
  version: versionOf(subprotocol),
  compresses: fieldValues(head, "sec-websocket-extensions").some((value) =>
    value.toLowerCase().includes("permessage-deflate"),
  ),
});
/** Adds the connection to the registry, if there is one. */
const register = (
  { registry, clock, log }: ProxyContext,
  relay: RunningRelay,
  cassette: Cassette,
  { identity, connection, ordinal }: ConnectionOpenedEntry,
): ConnectionControl | undefined => {
  if (registry === undefined) return undefined;
  const note: Note = (code, message) =>
    cassette.record({ kind: "note", connection, at: clock.now(), code, message });
  const control = controlOf(relay, { identity, connection, ordinal, note, log });
  registry.add(control);
  return control;
};

const openedEntry = (
  { hideHead }: ProxyContext,
  { request, identity, charger, csms, head }: AcceptedUpgrade,
  numbers: Pick<ConnectionOpenedEntry, "connection" | "ordinal" | "at" | "subprotocol">,
): ConnectionOpenedEntry => ({
  kind: "connection-opened",
  ...numbers,
  identity,
  from: request.from,
  url: request.url,
  request: request.head === undefined ? null : hideHead(request.head.raw),
  response: hideHead(head.raw),
  tls: { charger: charger.tls?.facts ?? null, csms: csms.tls?.facts ?? null },
});

/** Carries out an action of a rule on the whole run, once the relay has finished its current event. */
const applyToRun = (
  context: ProxyContext,
  identity: string,
  own: () => RunningRelay,
  ruled: RunAction,
): void =>
  queueMicrotask(() => {
    const state = runStateOf(context);
    if (ruled.action.kind === "kick") state.kick(identity, own(), ruled);
    else state.down(identity, ruled, context.clock.now(), mayTouch(context));
  });

/** Records the new connection on the charge point's cassette, and starts the relay on its legs. */
export function openConnection(context: ProxyContext, accepted: AcceptedUpgrade): RunningRelay {
  const { request, identity, charger, csms } = accepted;
  const { cassettes, clock, limits, rules, log } = context;
  request.socket.write(accepted.ruled?.answerOf(accepted.head) ?? accepted.head.raw);
  const cassette = cassettes.of(identity);
  const connection = cassette.nextConnection();
  const ordinal = context.nextOrdinal(identity);
  const subprotocol = chosenSubprotocol(accepted.head);
  const opened = openedEntry(context, accepted, { connection, ordinal, at: clock.now(), subprotocol });
  cassette.record(opened);
  accepted.ruled?.record(cassette, connection);
  const shown = `${printable(identity, 60)} #${ordinal}`;
  log(
    `${shown} from ${request.from} connected to ${printable(request.url ?? "", 200)} (${printable(subprotocol ?? "no subprotocol", 40)})`,
  );
  const note: Note = (code, message) => {
    cassette.record({ kind: "note", connection, at: clock.now(), code, message });
    log(`${shown}: ${message}`);
  };
  noteExtensions(context, accepted, note);
  noteTls(context, accepted, note);
  const isStrict = context.tls?.bindIdentity === "strict";
  const watch = watchIdentity(context, charger, identity, (message) => {
    note("identity-mismatch", `${isStrict ? "closed by us: " : ""}${message}`);
    // Once the relay has finished its current event.
    if (isStrict) queueMicrotask(() => running.stop("end"));
  });
  watch.onEntry(opened);
  let isDone = false;
  let control: ConnectionControl | undefined;
  let removeFromRun: (() => void) | undefined;
  const running = runRelay({
    legs: { charger, csms },
    machine: createRelay({
      connection,
      identity,
      ordinal,
      limits,
      rules,
      ...agreed(accepted.head, subprotocol),
    }),
    clock,
    record: (entry) => {
      cassette.record(entry);
      watch.onEntry(entry);
    },
    early: { charger: accepted.early, csms: accepted.rest },
    // Depends on whether rules are armed when it happens.
    get onDefect() {
      return rules === undefined || rules.rules.active.length === 0 ? "pipe" : "close";
    },
    reportDefect: (error) => note("defect", `internal error, please report it: ${errorText(error)}`),
    onRunAction: (ruled) => applyToRun(context, identity, () => running, ruled),
    done: () => {
      isDone = true;
      removeFromRun?.();
      if (control !== undefined) context.registry?.remove(control);
      log(`${shown} closed`);
    },
  });
  if (isDone) return running;
  control = register(context, running, cassette, opened);
  removeFromRun = runStateOf(context).opened(identity, running);
  return running;
}
