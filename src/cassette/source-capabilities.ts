// What a cassette can be asked for: a log of messages knows no control frames, a capture that began late knows no
// handshake. Whoever judges, repeats or compares asks here first, and says nothing about what is not known.

import type { Entry, SessionEntry, Unknowable } from "./format/entry.js";
import { unknowables } from "./format/shape.js";

/** What cassettes of messages could not know before they said so themselves. */
const ofMessages: readonly Unknowable[] = ["control-frames", "handshake", "ends"];

/** What the cassette's source could not know, in the order of `unknowables`; nothing where there is no session entry. */
export function unknownOf(session: SessionEntry | undefined): readonly Unknowable[] {
  if (session === undefined) return [];
  const said = session.unknown ?? (session.capture === "messages" ? ofMessages : []);
  return unknowables.filter((word) => said.includes(word));
}

const sessionIn = (cassette: SessionEntry | readonly Entry[]): SessionEntry | undefined => {
  if ("kind" in cassette) return cassette;
  return cassette.find((entry) => entry.kind === "session");
};

/** Whether the source of a cassette (its entries, or its session entry) could know this. */
export function knows(cassette: SessionEntry | readonly Entry[], what: Unknowable): boolean {
  return !unknownOf(sessionIn(cassette)).includes(what);
}

const words: Readonly<Record<Unknowable, string>> = {
  "control-frames": "control frames",
  handshake: "handshakes",
  "exact-bytes": "the exact bytes of messages",
  times: "some times",
  ends: "how connections ended",
  direction: "some directions",
};

/** What is unknown, in words for a person; undefined where all is known. */
export function unknownInWords(session: SessionEntry | undefined): string | undefined {
  const unknown = unknownOf(session);
  return unknown.length === 0 ? undefined : unknown.map((word) => words[word]).join(", ");
}
