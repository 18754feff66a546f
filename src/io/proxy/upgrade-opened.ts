// An upgrade that the CSMS agreed to: its entry on the cassette, what is worth a note, and the relay that takes over both
// legs (design 4.3).

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
import type { Asker } from "./refuse.js";
import { type RunningRelay, runRelay } from "./run-relay.js";
import { runStateOf } from "./run-state.js";
import { organizationMismatch, watchIdentity } from "./tls-admission.js";
import type { ProxyContext } from "./upgrade-context.js";
import { mayTouch, type RuledUpgrade } from "./upgrade-faults.js";

/** An upgrade that the CSMS agreed to. */
export interface Opening {
  readonly asker: Asker;
  readonly identity: string;
  readonly charger: Leg;
  readonly csms: Leg;
  /** The CSMS's answer, and what came behind it. */
  readonly head: Head;
  readonly rest: Buffer;
  /** What the charger sent meanwhile. */
  readonly early: Buffer;
  readonly extensionsRemoved: boolean;
  readonly passwordReplaced: boolean;
  /** What rules made of the upgrade; undefined where none did. */
  readonly ruled?: RuledUpgrade | undefined;
}

type Note = (code: string, message: string) => void;

/** What is worth saying of the TLS of both legs. */
const noteTls = (context: ProxyContext, { charger, csms, passwordReplaced }: Opening, note: Note): void => {
  const [shown, their] = [charger.tls?.facts, csms.tls?.facts];
  if (context.csms.tls?.insecure === true)
    note(
      "csms-insecure",
      their?.verdict === "verified"
        ? "the certificate of the CSMS is good, but another would have been taken as well (--csms-insecure)"
        : `the certificate of the CSMS is NOT good (${their?.finding ?? "none was shown"}) and was taken all the same (--csms-insecure)`,
    );
  if (shown !== undefined && shown.version !== "TLSv1.2" && shown.version !== "TLSv1.3")
    note("tls-old", `the charger speaks ${shown.version} with ${shown.suite}, which --tls-min 1.0 allows`);
  if (shown?.verdict === "not-verified" && context.tls?.clientCertificate !== "off")
    note(
      "client-certificate",
      `the charger's certificate is not good (${shown.finding}), but is not required`,
    );
  const organization = organizationMismatch(context, charger);
  if (organization !== undefined) note("organization-mismatch", organization);
  if (passwordReplaced)
    note("password-replaced", "the password of --csms-basic went to the CSMS in place of the charger's own");
  const keylog = charger.tls === undefined ? undefined : context.tls?.keylog;
  if (keylog !== undefined || (csms.tls !== undefined && context.csms.tls?.keylog !== undefined))
    note("keylog", "the secrets of this connection's TLS are being written to a file (--keylog)");
};

/** What is worth saying of extensions, where rules are armed for this charge point. */
const noteExtensions = ({ rules }: ProxyContext, opening: Opening, note: Note): void => {
  const { head, identity, extensionsRemoved } = opening;
  if (extensionsRemoved)
    note(
      "extensions-removed",
      "the offer of extensions was taken out of the upgrade, because rules are armed for this charge point",
    );
  else if (
    fieldValues(head, "sec-websocket-extensions").length > 0 &&
    (rules?.rules.touches(identity, "cp-to-csms") || rules?.rules.touches(identity, "csms-to-cp"))
  )
    note(
      "extensions-agreed",
      "extensions were agreed although rules are armed; compressed messages pass them unread",
    );
};

/** What the peers agreed on that rules need to know. */
const agreed = (head: Head, subprotocol: string | null): Pick<RelayOptions, "version" | "compresses"> => ({
  version: versionOf(subprotocol),
  compresses: fieldValues(head, "sec-websocket-extensions").some((value) =>
    value.toLowerCase().includes("permessage-deflate"),
  ),
});
/** Gives the connection controls, where there is a registry for them. */
const register = (
  { registry, clock, say }: ProxyContext,
  relay: RunningRelay,
  cassette: Cassette,
  { identity, connection, ordinal }: ConnectionOpenedEntry,
): ConnectionControl | undefined => {
  if (registry === undefined) return undefined;
  const note: Note = (code, message) =>
    cassette.record({ kind: "note", connection, at: clock.now(), code, message });
  const control = controlOf(relay, { identity, connection, ordinal, note, say });
  registry.add(control);
  return control;
};

const openedEntry = (
  { hideHead }: ProxyContext,
  { asker, identity, charger, csms, head }: Opening,
  numbers: Pick<ConnectionOpenedEntry, "connection" | "ordinal" | "at" | "subprotocol">,
): ConnectionOpenedEntry => ({
  kind: "connection-opened",
  ...numbers,
  identity,
  from: asker.from,
  url: asker.url,
  request: asker.head === undefined ? null : hideHead(asker.head.raw),
  response: hideHead(head.raw),
  tls: { charger: charger.tls?.facts ?? null, csms: csms.tls?.facts ?? null },
});

/** Does what a rule wants of the run; not in the middle of what a relay is doing. */
const obey = (context: ProxyContext, identity: string, own: () => RunningRelay, ruled: RunAction): void =>
  queueMicrotask(() => {
    const state = runStateOf(context);
    if (ruled.action.kind === "kick") state.kick(identity, own(), ruled);
    else state.down(identity, ruled, context.clock.now(), mayTouch(context));
  });

/** Opens the connection on the charge point's cassette and starts the relay on its legs. */
export function openConnection(context: ProxyContext, opening: Opening): RunningRelay {
  const { asker, identity, charger, csms } = opening;
  const { cassettes, clock, limits, rules, say } = context;
  asker.socket.write(opening.ruled?.answerOf(opening.head) ?? opening.head.raw);
  const cassette = cassettes.of(identity);
  const connection = cassette.nextConnection();
  const ordinal = context.nextOrdinal(identity);
  const subprotocol = chosenSubprotocol(opening.head);
  const opened = openedEntry(context, opening, { connection, ordinal, at: clock.now(), subprotocol });
  cassette.record(opened);
  opening.ruled?.record(cassette, connection);
  const shown = `${printable(identity, 60)} #${ordinal}`;
  say(
    `${shown} from ${asker.from} connected to ${printable(asker.url ?? "", 200)} (${printable(subprotocol ?? "no subprotocol", 40)})`,
  );
  const note: Note = (code, message) => {
    cassette.record({ kind: "note", connection, at: clock.now(), code, message });
    say(`${shown}: ${message}`);
  };
  noteExtensions(context, opening, note);
  noteTls(context, opening, note);
  const isStrict = context.tls?.bindIdentity === "strict";
  const watch = watchIdentity(context, charger, identity, (message) => {
    note("identity-mismatch", `${isStrict ? "closed by us: " : ""}${message}`);
    // Not in the middle of what the relay is doing.
    if (isStrict) queueMicrotask(() => running.stop("end"));
  });
  watch.hear(opened);
  let isOver = false;
  let control: ConnectionControl | undefined;
  let forget: (() => void) | undefined;
  const running = runRelay({
    legs: { charger, csms },
    machine: createRelay({
      connection,
      identity,
      ordinal,
      limits,
      rules,
      ...agreed(opening.head, subprotocol),
    }),
    clock,
    record: (entry) => {
      cassette.record(entry);
      watch.hear(entry);
    },
    early: { charger: opening.early, csms: opening.rest },
    // Rules may have been armed or disarmed since: what counts is whether faults are being injected at that moment.
    get onDefect() {
      return rules === undefined || rules.rules.active.length === 0 ? "pipe" : "close";
    },
    reportDefect: (error) => note("defect", `a defect of ocpp-vcr: ${errorText(error)}`),
    onRunAction: (ruled) => obey(context, identity, () => running, ruled),
    done: () => {
      isOver = true;
      forget?.();
      if (control !== undefined) context.registry?.remove(control);
      say(`${shown} closed`);
    },
  });
  if (isOver) return running;
  control = register(context, running, cassette, opened);
  forget = runStateOf(context).opened(identity, running);
  return running;
}
