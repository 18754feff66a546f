// The addresses under /v1/recordings: the tapes of the run, stopping and starting them, markers, and their content so far.

import { entryToJson } from "../../cassette/export/ndjson.js";
import { readTapeFile } from "../../io/cassette/cassette-file.js";
import type { ShelfTape, TapeShelf } from "../../io/cassette/run-cassettes.js";
import { jsonLine } from "../../text/printable.js";
import { membersOf, textMember } from "../http/body.js";
import { badValue, notThere } from "../http/problem.js";
import { answer, type Call, type Reply, type Route } from "../http/route.js";
import { byWhom } from "./route-connections.js";

const told = ({ identity, path, entries, isRecording }: ShelfTape): object => ({
  identity,
  path,
  entries,
  state: isRecording ? "recording" : "stopped",
});

async function* linesOf(tapes: readonly ShelfTape[]): AsyncGenerator<string> {
  for (const tape of tapes) {
    await tape.flush();
    const { entries } = await readTapeFile(tape.path);
    for (const { entry } of entries) yield `${jsonLine(entryToJson(entry))}\n`;
  }
}

class Recordings {
  private readonly shelf: TapeShelf;

  constructor(shelf: TapeShelf) {
    this.shelf = shelf;
  }

  list(): Reply {
    return answer({ recordings: this.shelf.tapes().map(told) });
  }

  /** Of one charge point, or of all and of those to come. */
  turn(call: Call, isRecording: boolean): Reply {
    const identity = textMember(membersOf(call.body, ["identity"]), "identity");
    const by = byWhom(call);
    if (identity === undefined) this.shelf.recordNew(isRecording, by);
    for (const tape of this.chosen(identity)) {
      if (isRecording) tape.start(by);
      else tape.stop(by);
    }
    return this.list();
  }

  mark(call: Call): Reply {
    const members = membersOf(call.body, ["identity", "text"]);
    const text = textMember(members, "text");
    if (text === undefined || text === "") throw badValue("text", text, "what the marker shall say");
    const tapes = this.chosen(textMember(members, "identity")).filter(({ identity }) => identity !== null);
    for (const tape of tapes) tape.mark(text);
    return answer({ marked: tapes.length });
  }

  export({ query }: Call): Reply {
    return { kind: "lines", lines: linesOf(this.chosen(query.get("identity") ?? undefined)) };
  }

  private chosen(identity: string | undefined): readonly ShelfTape[] {
    const tapes = this.shelf.tapes();
    if (identity === undefined) return tapes;
    const own = tapes.filter((tape) => tape.identity === identity);
    if (own.length === 0) throw notThere("recording", identity);
    return own;
  }
}

/** The addresses of recordings. */
export function recordingRoutes(shelf: TapeShelf): readonly Route[] {
  const recordings = new Recordings(shelf);
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
