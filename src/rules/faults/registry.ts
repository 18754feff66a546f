// The list of all faults. A new fault is a file in one of the folders beside this file, one import and one item of the
// list; nothing else in the project names it (docs/writing-a-fault.md).

import type { Fault } from "../contract/fault.js";
import { badLength } from "./frame/bad-length.js";
import { badRsv } from "./frame/bad-rsv.js";
import { byteFlip } from "./frame/byte-flip.js";
import { close } from "./frame/close.js";
import { compressedUnnegotiated } from "./frame/compressed-unnegotiated.js";
import { dropPing } from "./frame/drop-ping.js";
import { dropPong } from "./frame/drop-pong.js";
import { fragment } from "./frame/fragment.js";
import { fragmentedControl } from "./frame/fragmented-control.js";
import { interleavedMessages } from "./frame/interleaved-messages.js";
import { invalidUtf8 } from "./frame/invalid-utf8.js";
import { maskedFromServer } from "./frame/masked-from-server.js";
import { nonMinimalLength } from "./frame/non-minimal-length.js";
import { orphanContinuation } from "./frame/orphan-continuation.js";
import { oversizedControl } from "./frame/oversized-control.js";
import { pingFlood } from "./frame/ping-flood.js";
import { reservedOpcode } from "./frame/reserved-opcode.js";
import { textAsBinary } from "./frame/text-as-binary.js";
import { truncated } from "./frame/truncated.js";
import { unmasked } from "./frame/unmasked.js";
import { wrongPong } from "./frame/wrong-pong.js";
import { actionChanged } from "./message/action-changed.js";
import { burst } from "./message/burst.js";
import { callerror } from "./message/callerror.js";
import { delay } from "./message/delay.js";
import { drop } from "./message/drop.js";
import { duplicate } from "./message/duplicate.js";
import { duplicateId } from "./message/duplicate-id.js";
import { hold } from "./message/hold.js";
import { idTooLong } from "./message/id-too-long.js";
import { inject } from "./message/inject.js";
import { lateResponse } from "./message/late-response.js";
import { noResponse } from "./message/no-response.js";
import { outOfOrderCalls } from "./message/out-of-order-calls.js";
import { reorder } from "./message/reorder.js";
import { replayEarlier } from "./message/replay-earlier.js";
import { respond } from "./message/respond.js";
import { secondOutstandingCall } from "./message/second-outstanding-call.js";
import { typeChanged } from "./message/type-changed.js";
import { unsolicitedResult } from "./message/unsolicited-result.js";
import { wrongId } from "./message/wrong-id.js";
import { clockSkew } from "./payload/clock-skew.js";
import { encoding } from "./payload/encoding.js";
import { huge } from "./payload/huge.js";
import { jsonSyntax } from "./payload/json-syntax.js";
import { malformed } from "./payload/malformed.js";
import { meterBackwards } from "./payload/meter-backwards.js";
import { nullOptional } from "./payload/null-optional.js";
import { numberForm } from "./payload/number-form.js";
import { patchPayload } from "./payload/patch.js";
import { removeValue } from "./payload/remove.js";
import { renameMember } from "./payload/rename.js";
import { schemaViolation } from "./payload/schema-violation.js";
import { setValue } from "./payload/set.js";
import { tooDeep } from "./payload/too-deep.js";
import { tooLong } from "./payload/too-long.js";
import { typeSwap } from "./payload/type-swap.js";
import { unitSwap } from "./payload/unit-swap.js";
import { unknownField } from "./payload/unknown-field.js";
import { wrongDate } from "./payload/wrong-date.js";
import { certificate } from "./tls/certificate.js";
import { certificateSwap } from "./tls/certificate-swap.js";
import { clientCertificate } from "./tls/client-certificate.js";
import { tlsAlert } from "./tls/tls-alert.js";
import { tlsStall } from "./tls/tls-stall.js";
import { tlsSuites } from "./tls/tls-suites.js";
import { tlsVersion } from "./tls/tls-version.js";
import { bandwidth } from "./transport/bandwidth.js";
import { blackhole } from "./transport/blackhole.js";
import { down } from "./transport/down.js";
import { halfOpen } from "./transport/half-open.js";
import { handshakeStall } from "./transport/handshake-stall.js";
import { kick } from "./transport/kick.js";
import { latency } from "./transport/latency.js";
import { limitData } from "./transport/limit-data.js";
import { refuse } from "./transport/refuse.js";
import { resetPeer } from "./transport/reset-peer.js";
import { slicer } from "./transport/slicer.js";
import { slowClose } from "./transport/slow-close.js";
import { subprotocol } from "./transport/subprotocol.js";

/** All faults, in the order of the reference page. */
export const faults: readonly Fault[] = [
  delay,
  drop,
  duplicate,
  reorder,
  hold,
  replayEarlier,
  wrongId,
  idTooLong,
  duplicateId,
  typeChanged,
  actionChanged,
  noResponse,
  lateResponse,
  callerror,
  unsolicitedResult,
  outOfOrderCalls,
  secondOutstandingCall,
  respond,
  inject,
  burst,
  setValue,
  removeValue,
  renameMember,
  patchPayload,
  typeSwap,
  unknownField,
  nullOptional,
  tooLong,
  tooDeep,
  huge,
  numberForm,
  wrongDate,
  clockSkew,
  unitSwap,
  meterBackwards,
  jsonSyntax,
  encoding,
  schemaViolation,
  malformed,
  close,
  invalidUtf8,
  badRsv,
  compressedUnnegotiated,
  reservedOpcode,
  unmasked,
  maskedFromServer,
  nonMinimalLength,
  badLength,
  oversizedControl,
  fragmentedControl,
  orphanContinuation,
  interleavedMessages,
  truncated,
  fragment,
  pingFlood,
  dropPing,
  dropPong,
  wrongPong,
  textAsBinary,
  byteFlip,
  latency,
  bandwidth,
  slicer,
  slowClose,
  blackhole,
  halfOpen,
  resetPeer,
  limitData,
  down,
  refuse,
  subprotocol,
  handshakeStall,
  kick,
  certificate,
  certificateSwap,
  tlsStall,
  tlsAlert,
  tlsVersion,
  tlsSuites,
  clientCertificate,
];

const byName: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.name, fault]));

/** The fault with this name. The only place where a name from a rule file becomes a fault. */
export function findFault(name: string): Fault | undefined {
  return byName.get(name);
}
