// The connections of a run.
import { expect, test } from "vitest";
import { fromLatin1, noBytes } from "../../../src/base/bytes.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { DialStep } from "../../../src/replay/plan/plan.js";
import { Connections } from "../../../src/replay/station/connections.js";
import { Dialogue } from "../../../src/replay/station/dialogue.js";
import { StationOutput } from "../../../src/replay/station/run/station-output.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { sha256 } from "../../support/worlds/station-player.js";

const plan = compilePlan(
  dialogueRecording(["1 dial", '1> [2,"1","Heartbeat",{}]', "1 close", "2 dial", "2 close"]),
);
const head = fromLatin1("HTTP/1.1 101 Switching Protocols\r\n\r\n");

const setUp = (): {
  connections: Connections;
  dial: (connection: number) => void;
  said: () => readonly string[];
} => {
  const output = new StationOutput();
  const options = {
    target: { host: "csms.example", basePath: "", identity: undefined, password: undefined },
    maxFrame: 65_536,
    sha256,
    hideHead: (raw: Uint8Array) => ({ raw, hidden: [] }),
  };
  const connections = new Connections(options, new Dialogue(plan, output, { sha256 }), output);
  const dials = plan.steps.filter((step): step is DialStep => step.kind === "dial");
  return {
    connections,
    dial: (connection) => {
      const step = dials.find((one) => one.connection === connection);
      if (step !== undefined) connections.dial(step);
    },
    said: () => output.take().map(({ kind }) => kind),
  };
};

const refusal = (connection: number) =>
  ({
    kind: "refused",
    connection,
    atNs: 1,
    by: "csms",
    status: 503,
    reason: "busy",
    head: null,
    body: noBytes,
  }) as const;

test("a refusal ends the run before the first open connection, and is a note later", () => {
  const { connections, dial, said } = setUp();
  dial(1);
  expect(connections.refused(refusal(1))).toBe("busy");
  dial(1);
  expect(connections.dialled(1, head, 2)).toBe(true);
  expect(connections.dialled(1, head, 3)).toBe(false);
  dial(2);
  said();
  expect(connections.refused(refusal(2))).toBe("");
  expect(said()).toContain("report");
});

test("a dial that is given up is reset, and an event for an unknown connection is ignored", () => {
  const { connections, dial, said } = setUp();
  connections.ended(9, "end", 1);
  expect(connections.refused(refusal(9))).toBe("");
  dial(1);
  said();
  expect(connections.abandonDials(5)).toContain("in time");
  expect(said()).toEqual(["reset", "record"]);
});

test("every open connection is closed", () => {
  const { connections, dial, said } = setUp();
  dial(1);
  connections.dialled(1, head, 1);
  said();
  connections.closeAll(2);
  expect(said()).toEqual(["send", "record", "end"]);
  expect([...connections.all]).toHaveLength(1);
});
