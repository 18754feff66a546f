// Transaction ids that are none: -1 by the charger, 0 and below by the CSMS (OCPP 1.6 errata 2025-04 3.18: a
// charger that got no answer to its start SHALL send -1; section 6: 0 and negatives have no meaning).

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

const isGood = ({ answer }: Exchange): boolean =>
  answer?.kind === "result" &&
  (authorizationStatusOf(answer.payload) ?? "Accepted") === "Accepted" &&
  (numberAt(answer.payload, "transactionId") ?? 0) > 0;

const mostStarts = 200;

/** The start that a message under -1 belongs to. */
const startOf = (exchange: Exchange, starts: readonly Exchange[]): Exchange | undefined => {
  const { payload } = exchange;
  const connector = connectorOf(payload);
  const tag = idTagOf(payload)?.toLowerCase();
  const stated = statedTime(exchange)?.epochMs;
  return starts.findLast((start) => {
    const begun = statedTime(start)?.epochMs;
    if (connector !== undefined && connectorOf(start.payload) !== connector) return false;
    if (tag !== undefined && idTagOf(start.payload)?.toLowerCase() !== tag) return false;
    return stated !== undefined && begun !== undefined && stated >= begun;
  });
};

const judgeUse = (exchange: Exchange, starts: readonly Exchange[], report: ReportDetection): void => {
  const { place, action } = exchange;
  const start = startOf(exchange, starts);
  const isWrong = start !== undefined && isGood(start) && starts.every(isGood);
  report({
    code: isWrong ? "transaction-id-minus-one" : "offline-transaction",
    place,
    action,
    pointer: "/3/transactionId",
    message: isWrong
      ? `${action} under -1, though the start was answered with ${transactionIdOf(start.answer?.payload)}`
      : `${action} of a transaction whose start got no id`,
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
    message: `the CSMS hands out the transaction id ${id}`,
  });
};

const isUse = ({ direction, action, payload }: Exchange): boolean =>
  direction === "cp-to-csms" &&
  /^(?:StopTransaction|MeterValues)$/.test(action) &&
  transactionIdOf(payload) === "-1";

/** Finds transaction ids that mean nothing. */
export const transactionIdDetector: Detector = {
  codes: [
    {
      code: "offline-transaction",
      class: "event",
      clause: "OCPP 1.6, errata 2025-04, 3.18",
      doc: "The charger reports a transaction under -1: its start was never answered, failed, or is not on the recording.",
    },
    {
      code: "transaction-id-minus-one",
      class: "defect",
      clause: "OCPP 1.6, 4.10 and 6.49 (the id from StartTransaction.conf); errata 2025-04, 3.18",
      doc: "The charger reports a transaction under -1 although its start was answered with an id.",
    },
    {
      code: "transaction-id-not-positive",
      class: "smell",
      clause: "OCPP 1.6, errata 2025-04 to section 6 (0 and negatives have no meaning)",
      doc: "The CSMS hands out a transaction id of 0 or below.",
    },
  ],
  start: () => {
    const starts: Exchange[] = [];
    const called = (exchange: Exchange, report: ReportDetection): void => {
      if (exchange.connection.isDisturbed) return;
      if (exchange.action === "StartTransaction") starts.push(exchange);
      if (starts.length > mostStarts) starts.shift();
      if (isUse(exchange)) judgeUse(exchange, starts, report);
    };
    return (event, report) => {
      if (event.kind === "answer") judgeAnswer(event, report);
      else if (event.kind === "call") called(event.exchange, report);
    };
  },
};
