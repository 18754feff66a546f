// hold: the message waits until another one passes, in whichever direction, or until a person lets it go
// (`ocpp-vcr ctl release`); those behind it pass. Bounded by time.

import { durationWords } from "../../../base/duration.js";
import { duration, type Setting } from "../../../yaml/settings.js";
import { awaited } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { AwaitedMessage } from "../../contract/wait.js";

const command = "command";
const message = awaited("a message that lets it go, or `command`: only a person does");

const messageOrCommand: Setting<AwaitedMessage | typeof command> = {
  ...message,
  fallback: { value: command },
  read: (value, what, report) =>
    value.kind === "scalar" && value.value === command ? command : message.read(value, what, report),
  schema: { anyOf: [{ const: command }, message.schema] },
  takes: `${command}, or ${message.takes}`,
};

/** Holds the message back until something happens. */
export const hold: Fault = defineFault({
  name: "hold",
  layer: "message",
  summary:
    "The message waits until another one passes or a person lets it go; those behind it pass, a close goes behind it.",
  goodPeer:
    "Gives a CALL up after its timeout, goes on, and takes no harm from the message that comes when it is forgotten.",
  example: "hold: { until: { direction: cp-to-csms, action: StopTransaction }, within: 60s }",
  settings: {
    until: messageOrCommand,
    within: duration("how long it waits at most", 30_000),
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
  explain: ({ until, within }) =>
    `held until ${until === "command" ? "a command comes" : `${words(until)} passes`}, for ${durationWords(within)} at most`,
});

const words = (until: AwaitedMessage | typeof command): string => {
  if (until === command) return "a command";
  const { direction, type, action, id } = until;
  const parts = [action, type ?? "message", direction, id === undefined ? undefined : `with id ${id}`];
  return `a ${parts.filter((part) => part !== undefined).join(" ")}`;
};
