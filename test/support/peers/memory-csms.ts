// A CSMS that recognises transactions, as SteVe does: a 1.6 transaction with the connector, tag, start and meterStart of an
// earlier one is a repetition of it. It can make calls as well. For the values that a replay changes.
import { type CallPayload, type ScriptedCsms, startScriptedCsms } from "./scripted-csms.js";

/** A running CSMS. */
export interface MemoryCsms extends ScriptedCsms {
  /** The ids of its transactions. */
  readonly transactions: readonly number[];
}

/** How a CSMS is started. */
export interface MemoryCsmsOptions {
  /** Its time; the clock of the machine by default. */
  readonly now?: () => string;
  /** The id of its first transaction; later ones count up from it. */
  readonly firstId?: number;
  /** Calls to make, each as soon as it has answered a CALL of this action. */
  readonly callsAfter?: Readonly<Record<string, string>>;
}

/** Starts a CSMS on a free port. */
export async function startMemoryCsms(options: MemoryCsmsOptions = {}): Promise<MemoryCsms> {
  const { now = () => new Date().toISOString(), firstId = 500, callsAfter = {} } = options;
  const known = new Map<string, number>();
  const idOf = ({ connectorId, idTag, timestamp, meterStart }: CallPayload): number => {
    const key = JSON.stringify([connectorId, idTag, timestamp, meterStart]);
    const id = known.get(key) ?? firstId + known.size;
    known.set(key, id);
    return id;
  };
  const resultOf = (action: string, payload: CallPayload): unknown => {
    const idTagInfo = { status: "Accepted" };
    if (action === "BootNotification") return { status: "Accepted", currentTime: now(), interval: 300 };
    if (action === "Heartbeat") return { currentTime: now() };
    if (action === "Authorize" || action === "StopTransaction") return { idTagInfo };
    if (action === "StartTransaction") return { transactionId: idOf(payload), idTagInfo };
    return {};
  };
  const csms = await startScriptedCsms(({ action, payload }) => {
    const call = callsAfter[action];
    return { result: resultOf(action, payload), ...(call === undefined ? {} : { then: [call] }) };
  });
  return {
    ...csms,
    get transactions() {
      return [...known.values()];
    },
  };
}
