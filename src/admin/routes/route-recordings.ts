// The addresses under /v1/recordings: the cassettes of the run, stopping and starting them, markers, and their content so far.

import { entryToJson } from "../../cassette/export/ndjson.js";
import { readCassetteFile } from "../../io/cassette/cassette-file.js";
import type { RunCassette, RunCassettes } from "../../io/cassette/run-cassettes.js";
import { jsonLine } from "../../text/printable.js";
import { membersOf, textMember } from "../http/body.js";
import { badValue, notThere } from "../http/problem.js";
import { answer, type Call, type Reply, type Route } from "../http/route.js";
import { byWhom } from "./route-connections.js";

const told = ({ identity, path, entries, isRecording }: RunCassette): object => ({
  identity,
  path,
  entries,
  state: isRecording ? "recording" : "stopped",
});

async function* linesOf(cassettes: readonly RunCassette[]): AsyncGenerator<string> {
  for (const cassette of cassettes) {
    await cassette.flush();
    const { entries } = await readCassetteFile(cassette.path);
    for (const { entry } of entries) yield `${jsonLine(entryToJson(entry))}\n`;
  }
}

class Recordings {
  private readonly cassettes: RunCassettes;

  constructor(cassettes: RunCassettes) {
    this.cassettes = cassettes;
  }

  list(): Reply {
    return answer({ recordings: this.cassettes.cassettes().map(told) });
  }

  /** Of one charge point, or of all and of those to come. */
  turn(call: Call, isRecording: boolean): Reply {
    const identity = textMember(membersOf(call.body, ["identity"]), "identity");
    const by = byWhom(call);
    if (identity === undefined) this.cassettes.recordNew(isRecording, by);
    for (const cassette of this.chosen(identity)) {
      if (isRecording) cassette.start(by);
      else cassette.stop(by);
    }
    return this.list();
  }

  mark(call: Call): Reply {
    const members = membersOf(call.body, ["identity", "text"]);
    const text = textMember(members, "text");
    if (text === undefined || text === "") throw badValue("text", text, "what the marker shall say");
    const cassettes = this.chosen(textMember(members, "identity")).filter(
      ({ identity }) => identity !== null,
    );
    for (const cassette of cassettes) cassette.mark(text);
    return answer({ marked: cassettes.length });
  }

  export({ query }: Call): Reply {
    return { kind: "lines", lines: linesOf(this.chosen(query.get("identity") ?? undefined)) };
  }

  private chosen(identity: string | undefined): readonly RunCassette[] {
    const cassettes = this.cassettes.cassettes();
    if (identity === undefined) return cassettes;
    const own = cassettes.filter((cassette) => cassette.identity === identity);
    if (own.length === 0) throw notThere("recording", identity);
    return own;
  }
}

/** The addresses of recordings. */
export function recordingRoutes(cassettes: RunCassettes): readonly Route[] {
  const recordings = new Recordings(cassettes);
  const at = (word: string): string => `/v1/recordings/${word}`;
  return [
    { method: "GET", path: "/v1/recordings", body: "none", handle: () => recordings.list() },
    { method: "POST", path: at("start"), body: "json", handle: (call) => recordings.turn(call, true) },
    { method: "POST", path: at("stop"), body: "json", handle: (call) => recordings.turn(call, false) },
    { method: "POST", path: at("marker"), body: "json", handle: (call) => recordings.mark(call) },
    {
      method: "GET",
      path: at("export"),
      body: "none",
      query: ["identity"],
      handle: (call) => recordings.export(call),
    },
  ];
}
