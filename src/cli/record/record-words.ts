// What `record` says when it is ready: every way in, the URL to type into the charger, and what the CSMS will be asked
// for. Chargers append their identity to what they are told, or take the URL as it stands: both forms are shown.

import { type CertificateFor, type Door, type WayIn, waysIn } from "../../io/sockets/addresses.js";
import type { IdentitySource } from "../../wire/http/identity-source.js";
import { type PathRule, targetAtCsms } from "../../wire/http/target.js";

/** What the words depend on. */
export interface Readiness {
  /** The listeners, with their final ports. */
  readonly doors: readonly Door[];
  readonly certificateFor: CertificateFor;
  /** `ws://host:port` of the CSMS, and its base path. */
  readonly origin: string;
  readonly basePath: string;
  readonly path: PathRule;
  readonly identityFrom: IdentitySource;
}

const standIn = "IDENTITY";

/** What stands behind the address in the URL of a charger whose name is found there. */
const exampleTarget = (from: IdentitySource): string => {
  switch (from.kind) {
    case "path":
    case "pattern":
      return `/${standIn}`;
    case "query":
      return `/?${encodeURIComponent(from.name)}=${standIn}`;
    default:
      return "/";
  }
};

/** What the CSMS is asked for when a charger takes a way in. */
export function askedUrl({ origin, basePath, path, identityFrom }: Readiness): string {
  return `${origin}${targetAtCsms(basePath, exampleTarget(identityFrom), path)}`;
}

/** The ways that are worth naming for a listener: those from outside, or all where there are none. */
export function waysFor(door: Door, readiness: Readiness): readonly WayIn[] {
  const all = waysIn(door, readiness.certificateFor);
  const outside = all.filter(({ within }) => within === "network");
  return outside.length > 0 ? outside : all;
}

const place = ({ on, within, named }: WayIn): string => {
  const from = { network: "", machine: "this machine alone", containers: "containers of this machine alone" };
  const certificate =
    named === undefined
      ? ""
      : named
        ? "the certificate names it"
        : "the certificate does NOT name it: a charger that checks names refuses it";
  const parts = [on ?? "", from[within], certificate].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
};

const wayLine = (way: WayIn, readiness: Readiness): string => {
  const target = exampleTarget(readiness.identityFrom);
  const forms = target === "/" ? `${way.url}/` : `${way.url}/ or ${way.url}${target}`;
  return `  ${forms}${place(way)}; the CSMS is asked for ${askedUrl(readiness)}`;
};

/** The command that opens a listener to other machines. */
const opening = ({ port }: Door): string => `--listen 0.0.0.0:${port}`;

/** The ways in, a line each, and what is in the way of chargers. */
export function wayLines(readiness: Readiness): readonly string[] {
  const { doors } = readiness;
  const ways = doors.flatMap((door) => waysFor(door, readiness));
  const lines = [
    "Type into the charger (the first form where it appends its identity itself, which most do):",
    ...ways.map((way) => wayLine(way, readiness)),
  ];
  const [first] = doors;
  if (first !== undefined && !ways.some(({ within }) => within === "network")) {
    const open = doors.some(({ host }) => host === "0.0.0.0" || host === "::");
    lines.push(
      open
        ? "No network is up on this machine: chargers cannot reach it until one is."
        : `Only programs on this machine can reach that, chargers cannot: ${opening(first)} opens it to them.`,
    );
  }
  return lines;
}
