// A whole session between third-party peers, through the proxy, and its replay against a fresh CSMS.
import { describe, expect, test } from "vitest";
import { holdSession, startRpcCsms } from "../../support/peers/rpc-peers.js";
import { runHere } from "../../support/runs/program-here.js";
import { cassettesIn, ownFolder, startRecord } from "../../support/runs/record-process.js";

interface Verdict {
  readonly event: string;
  readonly verdict: string;
  readonly fingerprint: string;
  readonly counts: Readonly<Record<string, number>>;
}

const replay = async (
  folder: string,
  cassette: string,
  csms: string,
): Promise<{ exit: number | string; verdict: Verdict | undefined }> => {
  const program = runHere(folder, "replay", cassette, "--csms", csms, "--timeout", "5s", "--json");
  const exit = await program.ended;
  const lines = program.stdout().trim().split("\n");
  const verdict = lines.map((line) => JSON.parse(line) as Verdict).find(({ event }) => event === "verdict");
  return { exit, verdict };
};

describe.each([
  ["strict", true],
  ["lax", false],
])("a session between ocpp-rpc and ocpp-rpc in %s mode", (_name, strict) => {
  test.each([
    ["without calls of the CSMS", false],
    ["with calls of the CSMS", true],
  ])(
    "a session of real peers is recorded and passes a replay to a new CSMS with other transaction ids, %s",
    { timeout: 40_000 },
    async (_calls, calls) => {
      const folder = await ownFolder();
      const recorded = await startRpcCsms({ strict, firstId: 1000, calls });
      const { program, port } = await startRecord(folder, recorded.port);
      await holdSession(`ws://127.0.0.1:${port}/ocpp`, "CP 1/ü", strict);
      program.child.kill("SIGINT");
      expect(await program.ended).toBe(0);
      expect(recorded.refused).toEqual([]);
      const [cassette = "", ...others] = await cassettesIn(folder);
      expect(others).toEqual([]);
      const fingerprints = new Set<string | undefined>();
      for (const firstId of [77, 9_000_000]) {
        const fresh = await startRpcCsms({ strict, firstId, calls });
        const { exit, verdict } = await replay(folder, cassette, fresh.url);
        expect({ exit, verdict: verdict?.verdict, counts: verdict?.counts }).toMatchObject({
          exit: 0,
          verdict: "pass",
          counts: { bound: 1 },
        });
        expect(fresh.received).toEqual(recorded.received);
        expect(fresh.answers).toEqual(recorded.answers);
        expect(fresh.refused).toEqual([]);
        expect(fresh.transactionIds).toEqual([firstId]);
        fingerprints.add(verdict?.fingerprint);
      }
      expect(fingerprints.size).toBe(1);
    },
  );
});
