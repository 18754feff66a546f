// The TLS of a CSMS, looked at as chargers would: its chain against our roots, each mandatory cipher suite alone (so
// both kinds of key), and whether it needs SNI. Every look is a connection of its own that sends nothing behind the
// handshake. OCPP 1.6 security whitepaper and 2.0.1 part 2, A00.FR.318.

import type { Socket } from "node:net";
import { isIP } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import type { Credentials } from "../../pki/credentials.js";
import { printable } from "../../text/printable.js";
import type { Clock } from "../platform/clock.js";
import { startTimer } from "../platform/timers.js";
import type { DialOutcome } from "../sockets/dial.js";
import { secure } from "../tls/tls-client.js";
import { peerDer, storedCertificate } from "../tls/tls-facts.js";
import { alertOf, causeCode, handshakeFailed } from "../tls/tls-failure.js";
import type { CsmsTls, Leg } from "../tls/tls-settings.js";
import { cannotTell, isCertificateAlert, likelyWanted, mayWant } from "./probe-client-certificate.js";
import { type Deadline, type ProbeStep, timed } from "./probe-step.js";

/** What a look at TLS depends on. */
export interface TlsLook {
  readonly dial: (timeoutMs: number) => Promise<DialOutcome>;
  readonly tls: CsmsTls;
  readonly credentials: readonly Credentials[];
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** The suites that every CSMS has to offer, by OpenSSL's names. */
const mandatory = {
  ECDSA: ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  RSA: ["AES128-GCM-SHA256", "AES256-GCM-SHA384"],
} as const;

const stepMs = 3000;

/** One handshake: the certificate that was shown in it, whatever came behind, and why it failed. */
interface Shaken {
  readonly fingerprint: string | undefined;
  readonly error: Error | undefined;
}

const shake = (raw: Socket, options: ConnectionOptions, timeoutMs: number): Promise<Shaken> =>
  new Promise((resolve) => {
    raw.on("error", () => undefined);
    const socket = connect({ ...options, socket: raw, rejectUnauthorized: false });
    let fingerprint: string | undefined;
    const look = (): void => {
      fingerprint ??= storedCertificate(peerDer(socket))?.fingerprint;
    };
    const settle = (error: Error | undefined): void => {
      timer.stop();
      socket.on("error", () => undefined).destroy();
      resolve({ fingerprint, error });
    };
    const late: NodeJS.ErrnoException = new Error("no answer in time");
    late.code = "ETIMEDOUT";
    const timer = startTimer(() => settle(late), timeoutMs);
    socket.on("error", settle).on("close", () => settle(new Error("closed")));
    // Secrets are there once the certificate was read; where the handshake fails behind that, nothing tells it later.
    socket.on("keylog", look);
    socket.once("secureConnect", () => {
      look();
      settle(undefined);
    });
  });

const attempt = async (look: TlsLook, options: ConnectionOptions): Promise<Shaken> => {
  const outcome = await look.dial(look.deadline.left(stepMs));
  if ("error" in outcome) return { fingerprint: undefined, error: outcome.error };
  const key = look.credentials.map((one) => one.key);
  const cert = look.credentials.map((one) => one.cert);
  return shake(
    outcome.socket,
    { ...(key.length === 0 ? {} : { key, cert }), ...options },
    look.deadline.left(stepMs),
  );
};

const nameOf = ({ name }: CsmsTls): { servername?: string } => (isIP(name) === 0 ? { servername: name } : {});

/** The handshake as ocpp-vcr makes it, and the chain judged; the leg where it came about. */
export async function lookAtChain(
  look: TlsLook,
): Promise<{ readonly step: ProbeStep; readonly leg: Leg | undefined }> {
  const { value, ms } = await timed(async () => {
    const outcome = await look.dial(look.deadline.left(stepMs));
    if ("error" in outcome) return outcome;
    return secure(outcome.socket, look.tls, look.credentials, look.deadline.left(stepMs));
  });
  if ("error" in value)
    return { step: { step: "tls", result: "no", message: value.error.message, ms }, leg: undefined };
  if ("failure" in value) {
    if (mayWant(value.failure)) {
      const message = `${causeCode(value.failure.cause)}: the CSMS ended the handshake; ${likelyWanted}${isCertificateAlert(value.failure.cause) ? "" : ", else it has no cipher suite in common with us"}`;
      return { step: { step: "tls", result: "no", message, ms }, leg: undefined };
    }
    const { reason, diagnosis, peer } = handshakeFailed(look.clock, {
      leg: "csms",
      wantedName: look.tls.name,
      ...value.failure,
    });
    const shown =
      peer === null
        ? ""
        : ` It showed ${printable(peer.subject, 200)}, issued by ${printable(peer.issuer, 200)}.`;
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
      : `NOT verified (${facts?.finding ?? "no certificate"}), taken as asked`;
  const message = `${facts?.version} ${facts?.suite}; ${verdict}: ${printable(subject, 200)}, issued by ${printable(issuer, 200)}, until ${notAfter}`;
  const result = facts?.verdict === "verified" ? "yes" : "note";
  return { step: { step: "tls", result, message, ms }, leg: value.leg };
}

/** What a handshake says of the suite it offered; `hidden`: nothing, for the want of a client certificate. */
type Answer = "yes" | "no" | "late" | "hidden";

const answerOf = (shaken: Shaken | undefined): Answer => {
  // A suite that was chosen is there, even where the CSMS wants a certificate of ours afterwards.
  if (shaken?.error === undefined || shaken.fingerprint !== undefined) return "yes";
  if (causeCode(shaken.error) === "ETIMEDOUT") return "late";
  return isCertificateAlert(shaken.error) ? "hidden" : "no";
};

/** Each mandatory suite alone. */
export async function lookAtKeys(look: TlsLook): Promise<ProbeStep> {
  const { value: kinds, ms } = await timed(() =>
    Promise.all(
      Object.entries(mandatory).map(async ([kind, suites]) => {
        const outcomes = await Promise.all(
          suites.map((ciphers) =>
            attempt(look, { ...nameOf(look.tls), ciphers, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" }),
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
    : "; OCPP asks a CSMS for both kinds of key with two suites each, chargers may have one alone";
  return { step: "tls-keys", result: isWhole ? "yes" : "note", message: `${words.join(", ")}${hint}`, ms };
}

/** A handshake without SNI, against one with it. */
export async function lookAtSni(look: TlsLook): Promise<ProbeStep> {
  const { value, ms } = await timed(() =>
    Promise.all([attempt(look, nameOf(look.tls)), attempt(look, { servername: "" })]),
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
        ? step("note", `cannot tell: no handshake comes about, with it or without (${reasonOf(unnamed)})`)
        : step(
            "note",
            `needed: without it the handshake fails (${reasonOf(unnamed)}); chargers that send none cannot come`,
          );
    case "yes":
      return named.fingerprint === undefined || named.fingerprint === unnamed.fingerprint
        ? step("yes", "not needed: without it the same certificate is shown")
        : step(
            "note",
            "needed: without it another certificate is shown; chargers that send none see a wrong name",
          );
  }
}

const reasonOf = ({ error }: Shaken): string => causeCode(error ?? "CLOSED");

/** Whether TLS is spoken where plain HTTP came to nothing. */
export async function speaksTls(dial: TlsLook["dial"], deadline: Deadline): Promise<boolean> {
  const outcome = await dial(deadline.left(stepMs));
  if ("error" in outcome) return false;
  const { fingerprint, error } = await shake(outcome.socket, {}, deadline.left(stepMs));
  return fingerprint !== undefined || error === undefined || alertOf(error) !== undefined;
}
