// The message type numbers of the OCPP-J envelope (OCPP-J 1.6 section 4.2; 2.1 part 4 section 4.2).

/** The five kinds of OCPP-J messages. */
export type MessageType = "CALL" | "CALLRESULT" | "CALLERROR" | "CALLRESULTERROR" | "SEND";

/** What a decision of a rule can be about: a message of a type, a control frame, or an event before any message. */
export type DecidedType = MessageType | "unreadable" | "ping" | "pong" | "connection" | "upgrade" | "tls";

const byNumber: ReadonlyMap<number, MessageType> = new Map<number, MessageType>([
  [2, "CALL"],
  [3, "CALLRESULT"],
  [4, "CALLERROR"],
  [5, "CALLRESULTERROR"],
  [6, "SEND"],
]);

/** All message types, in the order of their numbers. */
export const messageTypes: readonly MessageType[] = [...byNumber.values()];

/** The message type of a number; undefined for numbers that no version has. */
export function messageTypeOf(number: number): MessageType | undefined {
  return byNumber.get(number);
}

/** Whether a message of this type names its action: CALL and SEND. */
export function namesAction(type: MessageType): boolean {
  return type === "CALL" || type === "SEND";
}
