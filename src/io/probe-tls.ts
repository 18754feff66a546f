// The TLS of a CSMS, looked at as chargers would: its chain against our roots, each mandatory cipher suite alone (so
// both kinds of key), and whether it needs SNI. Every look is a connection of its own that sends nothing behind the
// handshake. OCPP 1.6 security whitepaper and 2.0.1 part 2, A00.FR.318.

import type { Socket } from "node:net";
import { isIP } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import { printable } from "../base/printable.js";
import type { Credentials } from "../pki/store.js";
import type { Clock } from "./clock.js";
import type { DialOutcome } from "./dial.js";
import { type Deadline, type ProbeStep, timed } from "./probe-step.js";
import { secure } from "./tls-client.js";
import { peerDer, storedCertificate } from "./tls-facts.js";
import { causeCode, handshakeFailed } from "./tls-failure.js";
import type { CsmsTls, Leg } from "./tls-settings.js";

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

const shake = (raw: Socket, options: ConnectionOptions, timeoutMs: number): Promise<string | Error> =>
  new Promise((resolve) => {
    raw.on("error", () => undefined);
    const socket = connect({ ...options, socket: raw, rejectUnauthorized: false });
    const settle = (outcome: string | Error): void => {
      clearTimeout(timer);
      socket.on("error", () => undefined).destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => settle(new Error("no answer in time")), timeoutMs);
    socket.on("error", settle).on("close", () => settle(new Error("closed")));
    socket.once("secureConnect", () =>
      settle(storedCertificate(peerDer(socket))?.fingerprint ?? "no certificate"),
    );
  });

const attempt = async (look: TlsLook, options: ConnectionOptions): Promise<string | Error> => {
  const outcome = await look.dial(look.deadline.left(stepMs));
  if ("error" in outcome) return outcome.error;
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
        const missing = suites.filter((_, i) => outcomes[i] instanceof Error);
        return { kind, missing, all: suites.length };
      }),
    ),
  );
  const words = kinds.map(({ kind, missing, all }) => {
    if (missing.length === 0) return `${kind} yes`;
    return missing.length === all ? `${kind} no` : `${kind} without ${missing.join(" and ")}`;
  });
  const isWhole = kinds.every(({ missing }) => missing.length === 0);
  const hint = isWhole
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
  const message =
    unnamed instanceof Error
      ? `needed: without it the handshake fails (${causeCode(unnamed)}); chargers that send none cannot come`
      : named instanceof Error || named === unnamed
        ? "not needed: without it the same certificate is shown"
        : "needed: without it another certificate is shown; chargers that send none see a wrong name";
  const isNeeded = message.startsWith("needed");
  return { step: "sni", result: isNeeded ? "note" : "yes", message, ms };
}
