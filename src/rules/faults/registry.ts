// The table of all faults. A new fault is a file beside this one, a line in `FaultSettings` and a line in the
// table; nothing else in the house knows a fault by its name.

import type { IssueReporter, Value } from "../../yaml/value.js";
import type { Fault, FaultInput, FaultOutcome } from "../contract/fault.js";
import type { StallSettings } from "./edit/stalling.js";
import { type BadLengthSettings, badLength } from "./frame/bad-length.js";
import { type BadRsvSettings, badRsv } from "./frame/bad-rsv.js";
import { type ByteFlipSettings, byteFlip } from "./frame/byte-flip.js";
import { type CloseSettings, close } from "./frame/close.js";
import {
  type CompressedUnnegotiatedSettings,
  compressedUnnegotiated,
} from "./frame/compressed-unnegotiated.js";
import { type DropPingSettings, dropPing } from "./frame/drop-ping.js";
import { type DropPongSettings, dropPong } from "./frame/drop-pong.js";
import { type FragmentSettings, fragment } from "./frame/fragment.js";
import { type FragmentedControlSettings, fragmentedControl } from "./frame/fragmented-control.js";
import { type InterleavedMessagesSettings, interleavedMessages } from "./frame/interleaved-messages.js";
import { type InvalidUtf8Settings, invalidUtf8 } from "./frame/invalid-utf8.js";
import { type MaskedFromServerSettings, maskedFromServer } from "./frame/masked-from-server.js";
import { type NonMinimalLengthSettings, nonMinimalLength } from "./frame/non-minimal-length.js";
import { type OrphanContinuationSettings, orphanContinuation } from "./frame/orphan-continuation.js";
import { type OversizedControlSettings, oversizedControl } from "./frame/oversized-control.js";
import { type PingFloodSettings, pingFlood } from "./frame/ping-flood.js";
import { type ReservedOpcodeSettings, reservedOpcode } from "./frame/reserved-opcode.js";
import { type TextAsBinarySettings, textAsBinary } from "./frame/text-as-binary.js";
import { type TruncatedSettings, truncated } from "./frame/truncated.js";
import { type UnmaskedSettings, unmasked } from "./frame/unmasked.js";
import { type WrongPongSettings, wrongPong } from "./frame/wrong-pong.js";
import { type ActionChangedSettings, actionChanged } from "./message/action-changed.js";
import { type BurstSettings, burst } from "./message/burst.js";
import { type CallerrorSettings, callerror } from "./message/callerror.js";
import { type DelaySettings, delay } from "./message/delay.js";
import { type DropSettings, drop } from "./message/drop.js";
import { type DuplicateSettings, duplicate } from "./message/duplicate.js";
import { type DuplicateIdSettings, duplicateId } from "./message/duplicate-id.js";
import { type HoldSettings, hold } from "./message/hold.js";
import { type IdTooLongSettings, idTooLong } from "./message/id-too-long.js";
import { type InjectSettings, inject } from "./message/inject.js";
import { type LateResponseSettings, lateResponse } from "./message/late-response.js";
import { type NoResponseSettings, noResponse } from "./message/no-response.js";
import { type OutOfOrderCallsSettings, outOfOrderCalls } from "./message/out-of-order-calls.js";
import { type ReorderSettings, reorder } from "./message/reorder.js";
import { type ReplayEarlierSettings, replayEarlier } from "./message/replay-earlier.js";
import { type RespondSettings, respond } from "./message/respond.js";
import {
  type SecondOutstandingCallSettings,
  secondOutstandingCall,
} from "./message/second-outstanding-call.js";
import { type TypeChangedSettings, typeChanged } from "./message/type-changed.js";
import { type UnsolicitedResultSettings, unsolicitedResult } from "./message/unsolicited-result.js";
import { type WrongIdSettings, wrongId } from "./message/wrong-id.js";
import { type ClockSkewSettings, clockSkew } from "./payload/clock-skew.js";
import { type EncodingSettings, encoding } from "./payload/encoding.js";
import { type HugeSettings, huge } from "./payload/huge.js";
import { type JsonSyntaxSettings, jsonSyntax } from "./payload/json-syntax.js";
import { type MalformedSettings, malformed } from "./payload/malformed.js";
import { type MeterBackwardsSettings, meterBackwards } from "./payload/meter-backwards.js";
import { type NullOptionalSettings, nullOptional } from "./payload/null-optional.js";
import { type NumberFormSettings, numberForm } from "./payload/number-form.js";
import { type PatchSettings, patchPayload } from "./payload/patch.js";
import { type RemoveSettings, removeValue } from "./payload/remove.js";
import { type RenameSettings, renameMember } from "./payload/rename.js";
import { type SchemaViolationSettings, schemaViolation } from "./payload/schema-violation.js";
import { type SetSettings, setValue } from "./payload/set.js";
import { type TooDeepSettings, tooDeep } from "./payload/too-deep.js";
import { type TooLongSettings, tooLong } from "./payload/too-long.js";
import { type TypeSwapSettings, typeSwap } from "./payload/type-swap.js";
import { type UnitSwapSettings, unitSwap } from "./payload/unit-swap.js";
import { type UnknownFieldSettings, unknownField } from "./payload/unknown-field.js";
import { type WrongDateSettings, wrongDate } from "./payload/wrong-date.js";
import { type CertificateSettings, certificate } from "./tls/certificate.js";
import { type CertificateSwapSettings, certificateSwap } from "./tls/certificate-swap.js";
import { type ClientCertificateSettings, clientCertificate } from "./tls/client-certificate.js";
import { type TlsAlertSettings, tlsAlert } from "./tls/tls-alert.js";
import { tlsStall } from "./tls/tls-stall.js";
import { type TlsSuitesSettings, tlsSuites } from "./tls/tls-suites.js";
import { type TlsVersionSettings, tlsVersion } from "./tls/tls-version.js";
import { type BandwidthSettings, bandwidth } from "./transport/bandwidth.js";
import { type BlackholeSettings, blackhole } from "./transport/blackhole.js";
import { type DownSettings, down } from "./transport/down.js";
import { type HalfOpenSettings, halfOpen } from "./transport/half-open.js";
import { handshakeStall } from "./transport/handshake-stall.js";
import { type KickSettings, kick } from "./transport/kick.js";
import { type LatencySettings, latency } from "./transport/latency.js";
import { type LimitDataSettings, limitData } from "./transport/limit-data.js";
import { type RefuseSettings, refuse } from "./transport/refuse.js";
import { type ResetPeerSettings, resetPeer } from "./transport/reset-peer.js";
import { type SlicerSettings, slicer } from "./transport/slicer.js";
import { type SlowCloseSettings, slowClose } from "./transport/slow-close.js";
import { type SubprotocolSettings, subprotocol } from "./transport/subprotocol.js";

/** What can be set on each fault. */
export interface FaultSettings {
  readonly delay: DelaySettings;
  readonly drop: DropSettings;
  readonly duplicate: DuplicateSettings;
  readonly reorder: ReorderSettings;
  readonly hold: HoldSettings;
  readonly "replay-earlier": ReplayEarlierSettings;
  readonly "wrong-id": WrongIdSettings;
  readonly "id-too-long": IdTooLongSettings;
  readonly "duplicate-id": DuplicateIdSettings;
  readonly "type-changed": TypeChangedSettings;
  readonly "action-changed": ActionChangedSettings;
  readonly "no-response": NoResponseSettings;
  readonly "late-response": LateResponseSettings;
  readonly callerror: CallerrorSettings;
  readonly "unsolicited-result": UnsolicitedResultSettings;
  readonly "out-of-order-calls": OutOfOrderCallsSettings;
  readonly "second-outstanding-call": SecondOutstandingCallSettings;
  readonly respond: RespondSettings;
  readonly inject: InjectSettings;
  readonly burst: BurstSettings;
  readonly set: SetSettings;
  readonly remove: RemoveSettings;
  readonly rename: RenameSettings;
  readonly patch: PatchSettings;
  readonly "type-swap": TypeSwapSettings;
  readonly "unknown-field": UnknownFieldSettings;
  readonly "null-optional": NullOptionalSettings;
  readonly "too-long": TooLongSettings;
  readonly "too-deep": TooDeepSettings;
  readonly huge: HugeSettings;
  readonly "number-form": NumberFormSettings;
  readonly "wrong-date": WrongDateSettings;
  readonly "clock-skew": ClockSkewSettings;
  readonly "unit-swap": UnitSwapSettings;
  readonly "meter-backwards": MeterBackwardsSettings;
  readonly "json-syntax": JsonSyntaxSettings;
  readonly encoding: EncodingSettings;
  readonly "schema-violation": SchemaViolationSettings;
  readonly malformed: MalformedSettings;
  readonly close: CloseSettings;
  readonly "invalid-utf8": InvalidUtf8Settings;
  readonly "bad-rsv": BadRsvSettings;
  readonly "compressed-unnegotiated": CompressedUnnegotiatedSettings;
  readonly "reserved-opcode": ReservedOpcodeSettings;
  readonly unmasked: UnmaskedSettings;
  readonly "masked-from-server": MaskedFromServerSettings;
  readonly "non-minimal-length": NonMinimalLengthSettings;
  readonly "bad-length": BadLengthSettings;
  readonly "oversized-control": OversizedControlSettings;
  readonly "fragmented-control": FragmentedControlSettings;
  readonly "orphan-continuation": OrphanContinuationSettings;
  readonly "interleaved-messages": InterleavedMessagesSettings;
  readonly truncated: TruncatedSettings;
  readonly fragment: FragmentSettings;
  readonly "ping-flood": PingFloodSettings;
  readonly "drop-ping": DropPingSettings;
  readonly "drop-pong": DropPongSettings;
  readonly "wrong-pong": WrongPongSettings;
  readonly "text-as-binary": TextAsBinarySettings;
  readonly "byte-flip": ByteFlipSettings;
  readonly latency: LatencySettings;
  readonly bandwidth: BandwidthSettings;
  readonly slicer: SlicerSettings;
  readonly "slow-close": SlowCloseSettings;
  readonly blackhole: BlackholeSettings;
  readonly "half-open": HalfOpenSettings;
  readonly "reset-peer": ResetPeerSettings;
  readonly "limit-data": LimitDataSettings;
  readonly down: DownSettings;
  readonly refuse: RefuseSettings;
  readonly subprotocol: SubprotocolSettings;
  readonly "handshake-stall": StallSettings;
  readonly kick: KickSettings;
  readonly certificate: CertificateSettings;
  readonly "certificate-swap": CertificateSwapSettings;
  readonly "tls-stall": StallSettings;
  readonly "tls-alert": TlsAlertSettings;
  readonly "tls-version": TlsVersionSettings;
  readonly "tls-suites": TlsSuitesSettings;
  readonly "client-certificate": ClientCertificateSettings;
}

/** The name of a fault, as rule files write it. */
export type FaultName = keyof FaultSettings;

/** A fault with its settings: one step of a `then`. */
export type FaultUse<Name extends FaultName = FaultName> = {
  [Each in Name]: { readonly kind: Each; readonly settings: FaultSettings[Each] };
}[Name];

/** All faults by their names, in the order of the reference. */
const faults: { readonly [Name in FaultName]: Fault<FaultSettings[Name]> } = {
  delay,
  drop,
  duplicate,
  reorder,
  hold,
  "replay-earlier": replayEarlier,
  "wrong-id": wrongId,
  "id-too-long": idTooLong,
  "duplicate-id": duplicateId,
  "type-changed": typeChanged,
  "action-changed": actionChanged,
  "no-response": noResponse,
  "late-response": lateResponse,
  callerror,
  "unsolicited-result": unsolicitedResult,
  "out-of-order-calls": outOfOrderCalls,
  "second-outstanding-call": secondOutstandingCall,
  respond,
  inject,
  burst,
  set: setValue,
  remove: removeValue,
  rename: renameMember,
  patch: patchPayload,
  "type-swap": typeSwap,
  "unknown-field": unknownField,
  "null-optional": nullOptional,
  "too-long": tooLong,
  "too-deep": tooDeep,
  huge,
  "number-form": numberForm,
  "wrong-date": wrongDate,
  "clock-skew": clockSkew,
  "unit-swap": unitSwap,
  "meter-backwards": meterBackwards,
  "json-syntax": jsonSyntax,
  encoding,
  "schema-violation": schemaViolation,
  malformed,
  close,
  "invalid-utf8": invalidUtf8,
  "bad-rsv": badRsv,
  "compressed-unnegotiated": compressedUnnegotiated,
  "reserved-opcode": reservedOpcode,
  unmasked,
  "masked-from-server": maskedFromServer,
  "non-minimal-length": nonMinimalLength,
  "bad-length": badLength,
  "oversized-control": oversizedControl,
  "fragmented-control": fragmentedControl,
  "orphan-continuation": orphanContinuation,
  "interleaved-messages": interleavedMessages,
  truncated,
  fragment,
  "ping-flood": pingFlood,
  "drop-ping": dropPing,
  "drop-pong": dropPong,
  "wrong-pong": wrongPong,
  "text-as-binary": textAsBinary,
  "byte-flip": byteFlip,
  latency,
  bandwidth,
  slicer,
  "slow-close": slowClose,
  blackhole,
  "half-open": halfOpen,
  "reset-peer": resetPeer,
  "limit-data": limitData,
  down,
  refuse,
  subprotocol,
  "handshake-stall": handshakeStall,
  kick,
  certificate,
  "certificate-swap": certificateSwap,
  "tls-stall": tlsStall,
  "tls-alert": tlsAlert,
  "tls-version": tlsVersion,
  "tls-suites": tlsSuites,
  "client-certificate": clientCertificate,
};

/** The names of all faults, in the order of the reference. */
export const faultNames: readonly FaultName[] = Object.keys(faults) as FaultName[];

/** What is known of a fault beside what it does to bytes. */
export function faultOf<Name extends FaultName>(name: Name): Fault<FaultSettings[Name]> {
  return faults[name];
}

/** Reads the settings of a fault; everything wrong is reported. */
export function readFault<Name extends FaultName>(
  name: Name,
  value: Value,
  report: IssueReporter,
): FaultUse | undefined {
  const settings = faults[name].read(value, report);
  return settings === undefined ? undefined : ({ kind: name, settings } as FaultUse);
}

/** Lets a fault act. */
export function applyFault<Name extends FaultName>(use: FaultUse<Name>, input: FaultInput): FaultOutcome {
  return faults[use.kind].apply(use.settings, input);
}

/** What a fault does, as it follows the word "is". */
export function explainFault<Name extends FaultName>(use: FaultUse<Name>): string {
  return faults[use.kind].explain(use.settings);
}

/** Whether a fault ends the chain. */
export function isFinal(name: FaultName): boolean {
  return faults[name].final;
}
