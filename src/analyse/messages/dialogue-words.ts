// A message of the dialogue in words: its name, its content and what a reader must know about its answer. Texts of peers
// are not escaped here.

import { roundedWords } from "../../base/duration.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import type { DialogueMessage } from "./dialogue.js";
import { contentWords, controlWords } from "./entry-words.js";
import { payloadText } from "./payload-text.js";

/** Whether the message is an answer of any type. */
export function isAnswer({ label: { type } }: DialogueMessage): boolean {
  return type !== "control" && type !== "unreadable" && !namesAction(type);
}

/** The type and the action of a message; the type is left out of a CALL and a CALLRESULT. */
export function shortName({ label: { type, action } }: DialogueMessage): string {
  if (type === "control" || type === "unreadable") return type;
  const name = action ?? "?";
  return type === "CALL" || type === "CALLRESULT" ? name : `${type} ${name}`;
}

/** What follows a message's name: the time since its CALL, or what is missing; "" if there is nothing to add. */
export function remarkOf(item: DialogueMessage): string {
  if (item.outcome === "unanswered") return "never answered";
  if (isAnswer(item) && item.callPosition === undefined) return "without a CALL";
  return item.latencyNs === null ? "" : roundedWords(item.latencyNs);
}

/** The content of a message without its type, id and action. */
export function shortContent({ outcome, message }: DialogueMessage): string {
  if (outcome === "control") return controlWords(message);
  return outcome === "unreadable" ? contentWords(message) : payloadText(message.text ?? "");
}
