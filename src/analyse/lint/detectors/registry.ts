// The table of all detectors. Whoever adds one adds it here, and docs/reference/lint.md has it too.

import { boot } from "./boot.js";
import { callsOverlap } from "./calls-overlap.js";
import { clock } from "./clock.js";
import { connectorFault } from "./connector-fault.js";
import type { Detector, FindingCode } from "./detector.js";
import { duplicateId } from "./duplicate-id.js";
import { failedAuth } from "./failed-auth.js";
import { heartbeatIrregular } from "./heartbeat-irregular.js";
import { message } from "./message.js";
import { meterAnomaly } from "./meter-anomaly.js";
import { meterJump } from "./meter-jump.js";
import { meterValueGap } from "./meter-value-gap.js";
import { neverStopped } from "./never-stopped.js";
import { offlineOrder } from "./offline-order.js";
import { orphanResponse } from "./orphan-response.js";
import { refusal } from "./refusal.js";
import { remoteStart } from "./remote-start.js";
import { repeatedTransaction } from "./repeated-transaction.js";
import { seqNo } from "./seq-no.js";
import { sessionEnd } from "./session-end.js";
import { slowResponse } from "./slow-response.js";
import { statusTransition } from "./status-transition.js";
import { stopWithoutStart } from "./stop-without-start.js";
import { transactionId } from "./transaction-id.js";
import { transferFailure } from "./transfer-failure.js";
import { unanswered } from "./unanswered.js";
import { unexpectedStart } from "./unexpected-start.js";
import { versionMismatch } from "./version-mismatch.js";

/** All detectors; what one message says of itself comes first. */
export const detectors: readonly Detector[] = [
  message,
  versionMismatch,
  unanswered,
  slowResponse,
  orphanResponse,
  callsOverlap,
  duplicateId,
  boot,
  heartbeatIrregular,
  clock,
  statusTransition,
  connectorFault,
  failedAuth,
  unexpectedStart,
  repeatedTransaction,
  transactionId,
  stopWithoutStart,
  neverStopped,
  sessionEnd,
  offlineOrder,
  seqNo,
  remoteStart,
  meterAnomaly,
  meterJump,
  meterValueGap,
  transferFailure,
  refusal,
];

/** Every code that a finding can carry. */
export const codeTable: ReadonlyMap<string, FindingCode> = new Map(
  detectors.flatMap(({ codes }) => codes.map((code) => [code.code, code] as const)),
);
