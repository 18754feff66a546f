// Checks the TLS of a CSMS as chargers would use it: its certificate chain, each mandatory cipher suite by itself (so both
// kinds of key), and whether it needs SNI. Every check has its own connection, which sends nothing after the handshake.
// OCPP 1.6 security whitepaper and 2.0.1 part 2, A00.FR.318.

import type { Socket } from "node:net";
import { isIP } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import type { Credentials } from "../../pki/credentials.js";
import { printable } from "../../text/printable.js";
import type { Clock } from "../platform/clock.js";
import { startTimer } from "../platform/timers.js";
import type { DialOutcome } from "../sockets/dial.js";
import { runClientHandshake } from "../tls/tls-client.js";
import { peerDer, storedCertificate } from "../tls/tls-facts.js";
import { alertOf, causeCode, handshakeFailed } from "../tls/tls-failure.js";
import type { CsmsTls, Leg } from "../tls/tls-settings.js";
import {
  cannotTell,
  certificateHint,
  isCertificateAlert,
  mayWantCertificate,
} from "./probe-client-certificate.js";
import { type Deadline, type ProbeStep, timed } from "./probe-step.js";

/** What a check of TLS needs. */
export interface TlsCheck {
  readonly dial: (timeoutMs: number) => Promise<DialOutcome>;
  readonly tls: CsmsTls;
  readonly credentials: readonly Credentials[];
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** The cipher suites that every CSMS must offer, by OpenSSL's names. */
const mandatory = {
  ECDSA: ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  RSA: ["AES128-GCM-SHA256", "AES256-GCM-SHA384"],
} as const;

const stepMs = 3000;

/** One handshake: the certificate that the CSMS sent, and the error if it failed. */
interface ProbedHandshake {
  readonly fingerprint: string | undefined;
  readonly error: Error | undefined;
}

const tryHandshake = (raw: Socket, options: ConnectionOptions, timeoutMs: number): Promise<ProbedHandshake> =>
  new Promise((resolve) => {
    raw.on("error", () => undefined);
    const socket = connect({ ...options, socket: raw, rejectUnauthorized: false });
    let fingerprint: string | undefined;
    const readCertificate = (): void => {
      fingerprint ??= storedCertificate(peerDer(socket))?.fingerprint;
    };
    const settle = (error: Error | undefined): void => {
      timer.stop();
      socket.on("error", () => undefined).destroy();
      resolve({ fingerprint, error });
    };
    const timeout: NodeJS.ErrnoException = new Error("no answer in time");
    timeout.code = "ETIMEDOUT";
    const timer = startTimer(() => settle(timeout), timeoutMs);
    socket.on("error", settle).on("close", () => settle(new Error("closed")));
    // This event comes right after the certificate. If the handshake fails later, the certificate is lost.
    socket.on("keylog", readCertificate);
    socket.once("secureConnect", () => {
      readCertificate();
      settle(undefined);
    });
  });

const attempt = async (check: TlsCheck, options: ConnectionOptions): Promise<ProbedHandshake> => {
  const outcome = await check.dial(check.deadline.left(stepMs));
  if ("error" in outcome) return { fingerprint: undefined, error: outcome.error };
  const key = check.credentials.map((one) => one.key);
  const cert = check.credentials.map((one) => one.cert);
  return tryHandshake(
    outcome.socket,
    { ...(key.length === 0 ? {} : { key, cert }), ...options },
    check.deadline.left(stepMs),
  );
};

const nameOf = ({ name }: CsmsTls): { servername?: string } => (isIP(name) === 0 ? { servername: name } : {});

/** Checks the certificate chain with a handshake as record makes it. Gives the leg if the handshake succeeds. */
export async function checkChain(
  check: TlsCheck,
): Promise<{ readonly step: ProbeStep; readonly leg: Leg | undefined }> {
  const { value, ms } = await timed(async () => {
    const outcome = await check.dial(check.deadline.left(stepMs));
    if ("error" in outcome) return outcome;
    return runClientHandshake(outcome.socket, check.tls, check.credentials, check.deadline.left(stepMs));
  });
  if ("error" in value)
    return { step: { step: "tls", result: "no", message: value.error.message, ms }, leg: undefined };
  if ("failure" in value) {
    if (mayWantCertificate(value.failure)) {
      const message = `${causeCode(value.failure.cause)}: the CSMS ended the handshake; ${certificateHint}${isCertificateAlert(value.failure.cause) ? "" : ", or it has no cipher suite in common with ocpp-vcr"}`;
      return { step: { step: "tls", result: "no", message, ms }, leg: undefined };
    }
    const { reason, diagnosis, peer } = handshakeFailed(check.clock, {
      leg: "csms",
      wantedName: check.tls.name,
      ...value.failure,
    });
    const shown =
      peer === null
        ? ""
        : ` The CSMS sent the certificate of ${printable(peer.subject, 200)}, issued by ${printable(peer.issuer, 200)}.`;
    return {
      step: { step: "tls", result: "no", message: `${reason}: ${printable(diagnosis, 500)}${shown}`, ms },
      leg: undefined,
    };
  }
  const facts = value.leg.tls?.facts;
  const { subject = "?", issuer = "?", notAfter = "?" } = facts?.peer ?? {};
  const verdict =
    facts?.verdict === "verified"
      ? "verified"
      : `NOT verified (${facts?.finding ?? "no certificate"}), accepted because of --insecure`;
  const message = `${facts?.version} ${facts?.suite}; ${verdict}: ${printable(subject, 200)}, issued by ${printable(issuer, 200)}, until ${notAfter}`;
  const result = facts?.verdict === "verified" ? "yes" : "note";
  return { step: { step: "tls", result, message, ms }, leg: value.leg };
}

/** Whether the CSMS has the suite that a handshake offered; `hidden`: unknown, because a client certificate is required. */
type Answer = "yes" | "no" | "late" | "hidden";

const answerOf = (handshake: ProbedHandshake | undefined): Answer => {
  // If the CSMS sent its certificate, it has chosen the suite, even if it then requires a client certificate.
  if (handshake?.error === undefined || handshake.fingerprint !== undefined) return "yes";
  if (causeCode(handshake.error) === "ETIMEDOUT") return "late";
  return isCertificateAlert(handshake.error) ? "hidden" : "no";
};

/** Checks each mandatory cipher suite by itself. */
export async function checkKeys(check: TlsCheck): Promise<ProbeStep> {
  const { value: kinds, ms } = await timed(() =>
    Promise.all(
      Object.entries(mandatory).map(async ([kind, suites]) => {
        const outcomes = await Promise.all(
          suites.map((ciphers) =>
            attempt(check, { ...nameOf(check.tls), ciphers, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" }),
          ),
        );
        const answering = (answer: Answer): readonly string[] =>
          suites.filter((_, i) => answerOf(outcomes[i]) === answer);
        return {
          kind,
          missing: answering("no"),
          late: answering("late"),
          hidden: answering("hidden"),
          all: suites.length,
        };
      }),
    ),
  );
  const words = kinds.map(({ kind, missing, late, hidden, all }) => {
    if (hidden.length > 0) return `${kind}: ${cannotTell}`;
    if (late.length === all) return `${kind} no answer in time`;
    if (missing.length === all) return `${kind} no`;
    const parts = [
      ...(missing.length === 0 ? [] : [`without ${missing.join(" and ")}`]),
      ...(late.length === 0 ? [] : [`no answer in time with ${late.join(" and ")}`]),
    ];
    return `${kind} ${parts.length === 0 ? "yes" : parts.join(", ")}`;
  });
  const isWhole = kinds.every(({ missing, late, hidden }) => [...missing, ...late, ...hidden].length === 0);
  const hint = kinds.every(({ missing }) => missing.length === 0)
    ? ""
    : "; OCPP requires a CSMS to have both kinds of key with two suites each, because chargers may have only one";
  return { step: "tls-keys", result: isWhole ? "yes" : "note", message: `${words.join(", ")}${hint}`, ms };
}

/** Checks whether SNI is needed, with a handshake without it and one with it. */
export async function checkSni(check: TlsCheck): Promise<ProbeStep> {
  const { value, ms } = await timed(() =>
    Promise.all([attempt(check, nameOf(check.tls)), attempt(check, { servername: "" })]),
  );
  const [named, unnamed] = value;
  const step = (result: "yes" | "note", message: string): ProbeStep => ({ step: "sni", result, message, ms });
  switch (answerOf(unnamed)) {
    case "late":
      return step("note", "no answer in time");
    case "hidden":
      return step("note", cannotTell);
    case "no":
      return named.error !== undefined && named.fingerprint === undefined
        ? step("note", `unknown: the handshake fails with SNI and without (${reasonOf(unnamed)})`)
        : step(
            "note",
            `needed: without SNI the handshake fails (${reasonOf(unnamed)}); chargers that do not send it cannot connect`,
          );
    case "yes":
      return named.fingerprint === undefined || named.fingerprint === unnamed.fingerprint
        ? step("yes", "not needed: the certificate is the same without SNI")
        : step(
            "note",
            "needed: without SNI the CSMS sends another certificate, so chargers that do not send SNI see a wrong name",
          );
  }
}

const reasonOf = ({ error }: ProbedHandshake): string => causeCode(error ?? "CLOSED");

/** Whether a port where plain HTTP failed accepts TLS. */
export async function speaksTls(dial: TlsCheck["dial"], deadline: Deadline): Promise<boolean> {
  const outcome = await dial(deadline.left(stepMs));
  if ("error" in outcome) return false;
  const { fingerprint, error } = await tryHandshake(outcome.socket, {}, deadline.left(stepMs));
  return fingerprint !== undefined || error === undefined || alertOf(error) !== undefined;
}
