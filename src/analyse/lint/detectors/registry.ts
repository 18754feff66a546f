// The list of all detectors. `npm run generate` writes docs/reference/lint.md from it.

import { bootDetector } from "./boot.js";
import { callsOverlapDetector } from "./calls-overlap.js";
import { clockDetector } from "./clock.js";
import { connectorFaultDetector } from "./connector-fault.js";
import type { Detector, FindingCode } from "./detector.js";
import { duplicateIdDetector } from "./duplicate-id.js";
import { failedAuthDetector } from "./failed-auth.js";
import { heartbeatIrregularDetector } from "./heartbeat-irregular.js";
import { messageDetector } from "./message.js";
import { meterAnomalyDetector } from "./meter-anomaly.js";
import { meterJumpDetector } from "./meter-jump.js";
import { meterValueGapDetector } from "./meter-value-gap.js";
import { neverStoppedDetector } from "./never-stopped.js";
import { offlineOrderDetector } from "./offline-order.js";
import { orphanResponseDetector } from "./orphan-response.js";
import { refusalDetector } from "./refusal.js";
import { remoteStartDetector } from "./remote-start.js";
import { repeatedTransactionDetector } from "./repeated-transaction.js";
import { seqNoDetector } from "./seq-no.js";
import { sessionEndDetector } from "./session-end.js";
import { slowResponseDetector } from "./slow-response.js";
import { statusTransitionDetector } from "./status-transition.js";
import { stopWithoutStartDetector } from "./stop-without-start.js";
import { transactionIdDetector } from "./transaction-id.js";
import { transferFailureDetector } from "./transfer-failure.js";
import { unansweredDetector } from "./unanswered.js";
import { unexpectedStartDetector } from "./unexpected-start.js";
import { versionMismatchDetector } from "./version-mismatch.js";

/** All detectors, in the order in which findings of one message are listed. */
export const detectors: readonly Detector[] = [
  messageDetector,
  versionMismatchDetector,
  unansweredDetector,
  slowResponseDetector,
  orphanResponseDetector,
  callsOverlapDetector,
  duplicateIdDetector,
  bootDetector,
  heartbeatIrregularDetector,
  clockDetector,
  statusTransitionDetector,
  connectorFaultDetector,
  failedAuthDetector,
  unexpectedStartDetector,
  repeatedTransactionDetector,
  transactionIdDetector,
  stopWithoutStartDetector,
  neverStoppedDetector,
  sessionEndDetector,
  offlineOrderDetector,
  seqNoDetector,
  remoteStartDetector,
  meterAnomalyDetector,
  meterJumpDetector,
  meterValueGapDetector,
  transferFailureDetector,
  refusalDetector,
];

/** Every code of findings. */
export const codeTable: ReadonlyMap<string, FindingCode> = new Map(
  detectors.flatMap(({ codes }) => codes.map((code) => [code.code, code] as const)),
);
