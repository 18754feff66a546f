// hold: holds the message until another message passes in either direction, or until an operator releases it with
// `ocpp-vcr ctl release`. Limited in time. Later messages overtake it.

import { durationWords } from "../../../base/duration.js";
import { duration, type Setting } from "../../../yaml/settings.js";
import { awaited } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { AwaitedMessage } from "../../contract/wait.js";

const command = "command";
const message = awaited("the message that releases it; `command`: only an operator releases it");

const messageOrCommand: Setting<AwaitedMessage | typeof command> = {
  ...message,
  fallback: { value: command },
  read: (value, what, report) =>
    value.kind === "scalar" && value.value === command ? command : message.read(value, what, report),
  schema: { anyOf: [{ const: command }, message.schema] },
  takes: `${command}, or ${message.takes}`,
};

/** Holds a message until something happens. */
export const hold: Fault = defineFault({
  name: "hold",
  layer: "message",
  summary:
    "Holds the message until another message passes, or until an operator releases it. Later messages overtake it, a close frame never does.",
  goodPeer:
    "Gives up a CALL after its timeout, continues, and ignores the message when it arrives much later.",
  example: "hold: { until: { direction: cp-to-csms, action: StopTransaction }, within: 60s }",
  settings: {
    until: messageOrCommand,
    within: duration("how long it is held at most", 30_000),
  },
  sweep: { then: "hold: { within: 500ms }" },
  longestHoldMs: ({ within }) => within,
  apply: ({ until, within }, { copies }) => {
    const wait =
      until === command
        ? ({ kind: "command", withinMs: within } as const)
        : ({ kind: "message", awaited: until, withinMs: within } as const);
    return { outcome: `held until ${words(until)}, ${within} ms at most`, copies, draw: null, wait };
  },
  explain: ({ until, within }, { words }) => {
    const end = until === "command" ? "an operator releases it" : `${awaitedWords(until)} passes`;
    return `holds ${words} until ${end}, at most ${durationWords(within)}`;
  },
});

const awaitedWords = ({ direction, type, action, id }: AwaitedMessage): string => {
  const from = { "cp-to-csms": "from the charge point", "csms-to-cp": "from the CSMS" };
  const parts = [
    ...[action, type ?? "message", direction && from[direction]],
    id === undefined ? undefined : `with id ${id}`,
  ];
  return `a ${parts.filter((part) => part !== undefined).join(" ")}`;
};

/** For the outcome on the cassette. */
const words = (until: AwaitedMessage | typeof command): string => {
  if (until === command) return "a command";
  const { direction, type, action, id } = until;
  const parts = [action, type ?? "message", direction, id === undefined ? undefined : `with id ${id}`];
  return `a ${parts.filter((part) => part !== undefined).join(" ")}`;
};
