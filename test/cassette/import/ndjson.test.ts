// Exported entries -> an equal cassette.
import { describe, expect, test } from "vitest";
import { entryToJson } from "../../../src/cassette/export/ndjson.js";
import { importNdjson } from "../../../src/cassette/import/ndjson.js";
import { tapeOctets } from "../../support/cassettes/cassette-bytes.js";
import { smallTape } from "../../support/cassettes/entries.js";

describe("importNdjson", () => {
  test("gives a cassette that is equal octet for octet", () => {
    const entries = smallTape();
    const { tapes, report } = importNdjson(
      entries.map((entry) => JSON.stringify(entryToJson(entry))),
      "x",
    );
    expect(tapes.map(({ name }) => name)).toEqual(["CP-0001"]);
    expect(tapeOctets(tapes[0]?.entries ?? [])).toEqual(tapeOctets(entries));
    expect(report).toMatchObject({ taken: entries.length, notUnderstood: 0 });
  });

  test("tells the lines that it cannot read, the first three with their reason", () => {
    const { tapes, report } = importNdjson(["", "{", "1", '{"kind":"x"}', "null"], "x");
    expect(tapes).toEqual([]);
    expect(report).toMatchObject({
      taken: 0,
      notUnderstood: 4,
      examples: [{ line: 2 }, { line: 3 }, { line: 4 }],
    });
  });

  test("names a tape by its file where no entry names a charge point", () => {
    const { tapes } = importNdjson(['{"kind":"marker","at":1,"text":"x"}'], "file");
    expect(tapes.map(({ name }) => name)).toEqual(["file"]);
  });
});
