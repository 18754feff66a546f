// Transaction ids without a meaning: -1 from the charger, 0 and below from the CSMS (OCPP 1.6 errata 2025-04 3.18: a
// charger without an answer to its start SHALL send -1; section 6: 0 and negative ids have no meaning).

import {
  authorizationStatusOf,
  connectorOf,
  idTagOf,
  numberAt,
  transactionIdOf,
} from "../../../ocpp/payload.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detector, ReportDetection } from "./detector.js";

type AnswerEvent = Extract<HistoryEvent, { kind: "answer" }>;

/** Whether a StartTransaction was accepted with a valid id. */
const hasId = ({ answer }: Exchange): boolean =>
  answer?.kind === "result" &&
  (authorizationStatusOf(answer.payload) ?? "Accepted") === "Accepted" &&
  (numberAt(answer.payload, "transactionId") ?? 0) > 0;

const mostStarts = 200;

/** The start of the transaction that a message with the id -1 belongs to. */
const startOf = (exchange: Exchange, starts: readonly Exchange[]): Exchange | undefined => {
  const { payload } = exchange;
  const connector = connectorOf(payload);
  const tag = idTagOf(payload)?.toLowerCase();
  const statedEpochMs = statedTime(exchange)?.epochMs;
  return starts.findLast((start) => {
    const startedEpochMs = statedTime(start)?.epochMs;
    if (connector !== undefined && connectorOf(start.payload) !== connector) return false;
    if (tag !== undefined && idTagOf(start.payload)?.toLowerCase() !== tag) return false;
    return statedEpochMs !== undefined && startedEpochMs !== undefined && statedEpochMs >= startedEpochMs;
  });
};

const judgeUse = (exchange: Exchange, starts: readonly Exchange[], report: ReportDetection): void => {
  const { place, action } = exchange;
  const start = startOf(exchange, starts);
  const isWrong = start !== undefined && hasId(start) && starts.every(hasId);
  report({
    code: isWrong ? "transaction-id-minus-one" : "offline-transaction",
    place,
    action,
    pointer: "/3/transactionId",
    message: isWrong
      ? `the charger sent ${action} with the id -1 although the CSMS gave the transaction the id ${transactionIdOf(start.answer?.payload)}`
      : `the charger sent ${action} for a transaction that got no id from the CSMS`,
  });
};

const judgeAnswer = ({ exchange, answer }: AnswerEvent, report: ReportDetection): void => {
  const id = numberAt(answer.payload, "transactionId");
  if (exchange.action !== "StartTransaction" || id === undefined || id > 0) return;
  report({
    code: "transaction-id-not-positive",
    place: answer.place,
    action: exchange.action,
    pointer: "/2/transactionId",
    message: `the CSMS gave a transaction the id ${id}, which many chargers do not accept`,
  });
};

const isUse = ({ direction, action, payload }: Exchange): boolean =>
  direction === "cp-to-csms" &&
  /^(?:StopTransaction|MeterValues)$/.test(action) &&
  transactionIdOf(payload) === "-1";

/** Detects transaction ids without a meaning. */
export const transactionIdDetector: Detector = {
  codes: [
    {
      code: "offline-transaction",
      class: "event",
      clause: "OCPP 1.6, errata 2025-04, 3.18",
      doc: "The charger reported a transaction with the id -1. Its start was never answered, was answered with an error, or is not in the recording.",
    },
    {
      code: "transaction-id-minus-one",
      class: "defect",
      clause: "OCPP 1.6, 4.10 and 6.49 (the id from StartTransaction.conf); errata 2025-04, 3.18",
      doc: "The charger reported a transaction with the id -1 although the CSMS had answered its start with an id.",
    },
    {
      code: "transaction-id-not-positive",
      class: "smell",
      clause: "OCPP 1.6, errata 2025-04 to section 6 (0 and negative ids have no meaning)",
      doc: "The CSMS answered a StartTransaction with a transaction id of 0 or below.",
    },
  ],
  start: () => {
    const starts: Exchange[] = [];
    const judgeCall = (exchange: Exchange, report: ReportDetection): void => {
      if (exchange.connection.isDisturbed) return;
      if (exchange.action === "StartTransaction") starts.push(exchange);
      if (starts.length > mostStarts) starts.shift();
      if (isUse(exchange)) judgeUse(exchange, starts, report);
    };
    return (event, report) => {
      if (event.kind === "answer") judgeAnswer(event, report);
      else if (event.kind === "call") judgeCall(event.exchange, report);
    };
  },
};
