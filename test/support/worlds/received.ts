// Messages of a CSMS as the station receives them.
import {
  type ReceivedAnswer,
  type ReceivedCall,
  ReceivedMessage,
} from "../../../src/replay/received-message.js";

/** A CALL or SEND that came on a connection of the plan. */
export function receivedCall(text: string, connection = 1, atNs = 0): ReceivedCall {
  return new ReceivedMessage(text, connection, atNs) as ReceivedCall;
}

/** A CALLRESULT or CALLERROR that came on a connection of the plan. */
export function receivedAnswer(text: string, connection = 1, atNs = 0): ReceivedAnswer {
  return new ReceivedMessage(text, connection, atNs) as ReceivedAnswer;
}
