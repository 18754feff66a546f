// One connection of a run, and its transcript.
import { describe, expect, test } from "vitest";
import { fromLatin1, noBytes } from "../../../../src/base/bytes.js";
import type { Entry, StoredHead } from "../../../../src/cassette/format/entry.js";
import { Link } from "../../../../src/replay/station/link/link.js";
import { StationOutput } from "../../../../src/replay/station/run/station-output.js";
import { messageFrame } from "../../../support/cassettes/dialogue-recording.js";

const head = (words: string): StoredHead => ({ raw: fromLatin1(words), hidden: [] });

const made = (): { link: Link; said: () => readonly string[]; entries: Entry[] } => {
  const output = new StationOutput();
  const entries: Entry[] = [];
  const step = {
    kind: "dial",
    connection: 7,
    atNs: 0,
    identity: "CP",
    request: null,
    subprotocol: null,
    refusal: undefined,
  } as const;
  const link = new Link(step, "CP", head("GET / HTTP/1.1\r\n\r\n"), output);
  const said = (): readonly string[] =>
    output.take().map((command) => {
      if (command.kind === "record") entries.push(command.entry);
      return command.kind === "record" ? `record ${command.entry.kind}` : command.kind;
    });
  return { link, said, entries };
};

const response = head("HTTP/1.1 101 X\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n");

describe("a link", () => {
  test("a connection is recorded from its opening to both ends, once", () => {
    const { link, said, entries } = made();
    link.open(1, response, 5, 1000);
    link.write(messageFrame("cp-to-csms", "[2]"), 6);
    link.receive(messageFrame("csms-to-cp", "[3]"), 7);
    expect(said()).toEqual(["record connection-opened", "send", "record frame", "record frame"]);
    link.endOurs(8);
    link.endOurs(9);
    expect(said()).toEqual(["end"]);
    link.endTheirs("end", 10);
    link.recordClosed(11);
    expect(said()).toEqual(["record connection-closed"]);
    expect(entries[0]).toMatchObject({ connection: 1, subprotocol: "ocpp1.6", identity: "CP" });
    expect(entries.at(-1)).toMatchObject({ ends: [{ by: "charger" }, { by: "csms" }] });
    expect(entries[2]).toMatchObject({ direction: "csms-to-cp", seen: 1 });
  });

  test("a connection ends as recorded", () => {
    const ending = (how: Parameters<Link["endAs"]>[0]): readonly string[] => {
      const { link, said } = made();
      link.open(1, response, 5, 1000);
      said();
      link.endAs(how, 6);
      return said();
    };
    expect(ending({ kind: "close", frame: Uint8Array.of(0x88, 0x80, 1, 2, 3, 4) })).toEqual([
      "send",
      "record frame",
    ]);
    expect(ending({ kind: "fin" })).toEqual(["end"]);
    expect(ending({ kind: "reset" })).toEqual(["reset", "record connection-closed"]);
    expect(ending({ kind: "unknown" })).toEqual(["send", "record frame"]);
  });

  test("a refused connection is recorded as refused and never was open", () => {
    const { link, said } = made();
    const event = {
      kind: "refused",
      connection: 7,
      atNs: 1,
      by: "csms",
      status: 401,
      reason: "no",
      head: null,
      body: noBytes,
    } as const;
    link.refuse(event, null);
    expect(said()).toEqual(["record refused"]);
    expect(link.state).toBe("dead");
    expect(link.wasOpen).toBe(false);
  });
});
