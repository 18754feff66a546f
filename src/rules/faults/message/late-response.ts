// late-response: delays the answer to a CALL by a time, or until the next CALL of its sender. The rule may match the CALL or
// the answer.

import { opposite } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { WaitCondition } from "../../contract/wait.js";
import { notApplied } from "../edit/edit-message.js";

/** Delays the answer to a CALL. */
export const lateResponse: Fault = defineFault({
  name: "late-response",
  layer: "message",
  actsBothWays: true,
  summary:
    "Delays the answer to a CALL by a time, or until its sender sends the next CALL. Other messages pass meanwhile.",
  breaks: "OCPP-J: no further CALL before the answer or the timeout (1.6J section 4.1.1)",
  goodPeer: "Gives up after its timeout, and ignores the late answer, even if another CALL is open then.",
  example: "late-response: { after: 45s }",
  settings: {
    after: duration("how long the answer is held at most", 60_000),
    until: word(
      "what ends the delay: only the time, or the next CALL of the sender",
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
  explain: ({ after, until }, { words, isAnswer }) => {
    const answer = `${isAnswer ? "" : "the answer to "}${words}`;
    return until === "time"
      ? `delays ${answer} by ${durationWords(after)}`
      : `holds ${answer} until the next CALL, at most ${durationWords(after)}`;
  },
});
