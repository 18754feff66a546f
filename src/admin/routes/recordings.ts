// The addresses below /v1/recordings: the cassettes of the run, stopping and starting them, markers, and an export of
// their content so far.

import { entryToJson } from "../../cassette/format/entry-json.js";
import { readCassetteFile } from "../../io/cassette/cassette-file.js";
import type { RunCassette } from "../../io/cassette/run-cassettes.js";
import { jsonLine } from "../../text/printable.js";
import { jsonBody } from "../http/body.js";
import { textParameter } from "../http/parameters.js";
import { badValue, notFound } from "../http/problem.js";
import { json, ndjson, type Route } from "../http/route.js";
import { exact, list, named, oneOf, orNull, partial, text, wholeNumber } from "../http/shape.js";
import { type AdminRun, route } from "./run.js";

const recording = exact({
  identity: orNull(text()),
  path: text(),
  entries: wholeNumber(),
  state: oneOf("recording", "stopped"),
});

const recordings = named("Recordings", exact({ recordings: list(recording) }));

const identityBody = jsonBody(named("ForIdentity", partial({ identity: text() })));

const listed = ({ cassettes }: AdminRun) => ({
  recordings: cassettes.cassettes().map(({ identity, path, entries, isRecording }) => ({
    identity,
    path,
    entries,
    state: isRecording ? ("recording" as const) : ("stopped" as const),
  })),
});

/** The cassettes of one charge point, or of all. */
const chosen = ({ cassettes }: AdminRun, identity: string | undefined): readonly RunCassette[] => {
  const all = cassettes.cassettes();
  if (identity === undefined) return all;
  const own = all.filter((cassette) => cassette.identity === identity);
  if (own.length === 0) throw notFound("recording", identity);
  return own;
};

async function* linesOf(cassettes: readonly RunCassette[]): AsyncGenerator<string> {
  for (const cassette of cassettes) {
    await cassette.flush();
    const { entries } = await readCassetteFile(cassette.path);
    for (const { entry } of entries) yield `${jsonLine(entryToJson(entry))}\n`;
  }
}

/** Starts or stops recording. Without an identity this is for all charge points, also those that connect later. */
const switchTo = (word: "start" | "stop", summary: string, details = ""): Route<AdminRun> =>
  route(`POST /v1/recordings/${word}`, `${word}Recording`, {
    summary,
    details,
    ctl: `${word}-recording`,
    body: identityBody,
    answer: json(recordings),
    refusals: ["not-found"],
    handle: ({ run, body: { identity }, by }) => {
      if (identity === undefined) run.cassettes.recordNew(word === "start", by);
      for (const cassette of chosen(run, identity)) cassette[word](by);
      return listed(run);
    },
  });

/** The addresses of recordings. */
export const recordingRoutes: readonly Route<AdminRun>[] = [
  route("GET /v1/recordings", "listRecordings", {
    summary: "Lists the cassettes of this run.",
    ctl: "recordings",
    answer: json(recordings),
    handle: ({ run }) => listed(run),
  }),
  switchTo(
    "start",
    "Records again, for one charge point or for all.",
    "The cassette gets a `gap` entry with the number of entries that are missing.",
  ),
  switchTo(
    "stop",
    "Stops recording, for one charge point or for all. Traffic goes on; the cassettes get a note.",
  ),
  route("POST /v1/recordings/marker", "mark", {
    summary: "Adds a marker to the cassettes of one charge point or of all.",
    ctl: "marker",
    body: jsonBody(named("Marker", partial({ text: text(), identity: text() }, ["text"]))),
    answer: json(named("Marked", exact({ marked: wholeNumber() }))),
    refusals: ["not-found"],
    handle: ({ run, body }) => {
      if (body.text === "") throw badValue("text", body.text, "the text of the marker");
      const marked = chosen(run, body.identity).filter(({ identity }) => identity !== null);
      for (const cassette of marked) cassette.mark(body.text);
      return { marked: marked.length };
    },
  }),
  route("GET /v1/recordings/export", "exportRecordings", {
    summary: "Exports the cassettes so far as NDJSON, one line for each entry.",
    ctl: "export",
    query: { identity: textParameter("Exactly this charge point.") },
    answer: ndjson,
    refusals: ["not-found"],
    handle: ({ run, query }) => linesOf(chosen(run, query.identity)),
  }),
];
