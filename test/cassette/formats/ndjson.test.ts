// Exported entries -> an equal cassette.
import { describe, expect, test } from "vitest";
import { entryToJson } from "../../../src/cassette/format/entry-json.js";
import { importNdjson } from "../../../src/cassette/formats/ndjson.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { smallRecording } from "../../support/cassettes/entries.js";

describe("importNdjson", () => {
  test("gives a cassette that is equal byte for byte", () => {
    const entries = smallRecording();
    const { recordings, report } = importNdjson(
      entries.map((entry) => JSON.stringify(entryToJson(entry))),
      "x",
    );
    expect(recordings.map(({ name }) => name)).toEqual(["CP-0001"]);
    expect(cassetteBytes(recordings[0]?.entries ?? [])).toEqual(cassetteBytes(entries));
    expect(report).toMatchObject({ taken: entries.length, notUnderstood: 0 });
  });

  test("tells the lines that it cannot read, the first three with their reason", () => {
    const { recordings, report } = importNdjson(["", "{", "1", '{"kind":"x"}', "null"], "x");
    expect(recordings).toEqual([]);
    expect(report).toMatchObject({
      taken: 0,
      notUnderstood: 4,
      examples: [{ line: 2 }, { line: 3 }, { line: 4 }],
    });
  });

  test("names a recording by its file where no entry names a charge point", () => {
    const { recordings } = importNdjson(['{"kind":"marker","at":1,"text":"x"}'], "file");
    expect(recordings.map(({ name }) => name)).toEqual(["file"]);
  });
});
