// late-response: the answer to a CALL comes after a time, or after the next CALL of whoever waits for it; said of the
// CALL or of the answer itself.

import { opposite } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { WaitCondition } from "../../contract/wait.js";
import { notApplied } from "../edit/edit-message.js";

/** Lets the answer come late. */
export const lateResponse: Fault = defineFault({
  name: "late-response",
  layer: "message",
  actsBothWays: true,
  summary:
    "The answer to a CALL comes after a time, when whoever asked has given it up, or behind the next CALL. Other messages pass meanwhile.",
  breaks: "OCPP-J: no further CALL before the answer or the timeout (1.6J section 4.1.1)",
  goodPeer:
    "Gives up after its timeout, and leaves the answer alone that comes later, whatever else is open then.",
  example: "late-response: { after: 45s }",
  settings: {
    after: duration("how long the answer waits, at most", 60_000),
    until: word(
      "what it waits for: the time alone, or the next CALL of whoever asked",
      ["time", "next-call"],
      "time",
    ),
  },
  short: "after",
  sweep: { then: "late-response: { after: 500ms }" },
  longestHoldMs: ({ after }) => after,
  apply: ({ after, until }, { copies, message }) => {
    const { type, id, direction } = message;
    const isAnswer = type === "CALLRESULT" || type === "CALLERROR";
    const asked = isAnswer ? opposite(direction) : direction;
    const wait: WaitCondition =
      until === "time"
        ? { kind: "time", withinMs: after }
        : {
            kind: "message",
            awaited: { direction: asked, type: "CALL", action: undefined, id: undefined },
            withinMs: after,
          };
    const base = { copies, draw: null };
    if (isAnswer) return { ...base, outcome: `held back ${after} ms at most`, wait };
    if (type !== "CALL" || id === undefined)
      return { ...base, outcome: notApplied("the message is neither a CALL nor an answer") };
    const action = {
      kind: "answer",
      direction: opposite(direction),
      id,
      plan: { kind: "wait", wait },
    } as const;
    return { ...base, outcome: `answered ${after} ms late at most`, actions: [action] };
  },
  explain: ({ after, until }) =>
    until === "time"
      ? `answered ${durationWords(after)} late`
      : `answered behind the next CALL, ${durationWords(after)} late at most`,
});
