// The table of all faults. A new fault is a file beside this one, a line in `FaultSettings` and a line in the
// table; nothing else in the house knows a fault by its name.

import type { Report, Value } from "../value.js";
import { type BandwidthSettings, bandwidth } from "./bandwidth.js";
import { type BlackholeSettings, blackhole } from "./blackhole.js";
import { type CertificateSettings, certificate } from "./certificate.js";
import { type CertificateSwapSettings, certificateSwap } from "./certificate-swap.js";
import { type ClientCertificateSettings, clientCertificate } from "./client-certificate.js";
import { type CloseSettings, close } from "./close.js";
import { type DelaySettings, delay } from "./delay.js";
import { type DownSettings, down } from "./down.js";
import { type DropSettings, drop } from "./drop.js";
import { type DuplicateSettings, duplicate } from "./duplicate.js";
import type { Fault, FaultInput, FaultOutcome } from "./fault.js";
import { type HalfOpenSettings, halfOpen } from "./half-open.js";
import { type HandshakeStallSettings, handshakeStall } from "./handshake-stall.js";
import { type KickSettings, kick } from "./kick.js";
import { type LatencySettings, latency } from "./latency.js";
import { type LimitDataSettings, limitData } from "./limit-data.js";
import { type MalformedSettings, malformed } from "./malformed.js";
import { type RefuseSettings, refuse } from "./refuse.js";
import { type ResetPeerSettings, resetPeer } from "./reset-peer.js";
import { type SlicerSettings, slicer } from "./slicer.js";
import { type SlowCloseSettings, slowClose } from "./slow-close.js";
import { type SubprotocolSettings, subprotocol } from "./subprotocol.js";
import { type TlsAlertSettings, tlsAlert } from "./tls-alert.js";
import { type TlsStallSettings, tlsStall } from "./tls-stall.js";
import { type TlsSuitesSettings, tlsSuites } from "./tls-suites.js";
import { type TlsVersionSettings, tlsVersion } from "./tls-version.js";

/** What can be set on each fault. */
export interface FaultSettings {
  readonly delay: DelaySettings;
  readonly drop: DropSettings;
  readonly duplicate: DuplicateSettings;
  readonly malformed: MalformedSettings;
  readonly close: CloseSettings;
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
  readonly "handshake-stall": HandshakeStallSettings;
  readonly kick: KickSettings;
  readonly certificate: CertificateSettings;
  readonly "certificate-swap": CertificateSwapSettings;
  readonly "tls-stall": TlsStallSettings;
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
  malformed,
  close,
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

/** What is known of a fault beside what it does to octets. */
export function faultOf<Name extends FaultName>(name: Name): Fault<FaultSettings[Name]> {
  return faults[name];
}

/** Reads the settings of a fault; everything wrong is reported. */
export function readFault<Name extends FaultName>(
  name: Name,
  value: Value,
  report: Report,
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
