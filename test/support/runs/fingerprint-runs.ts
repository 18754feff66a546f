// Replays one small session many times against one embedded CSMS, which gives every transaction a new id.

import { startEmbeddedCsms } from "../../../src/io/csms/embedded-csms.js";
import { startClock, startVirtualClock } from "../../../src/io/platform/clock.js";
import { startReplay } from "../../../src/io/station/run-replay.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { Pace } from "../../../src/replay/station/run/pacing.js";
import { dialogueRecording } from "../cassettes/dialogue-recording.js";

const accepted = '"idTagInfo":{"status":"Accepted"}';
const session = dialogueRecording([
  "1 dial",
  '1> [2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]',
  '1< [3,"b",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}]',
  '1> [2,"s1","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  `1< [3,"s1",{"transactionId":7,${accepted}}]`,
  '1> [2,"s2","StartTransaction",{"connectorId":2,"idTag":"U","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  `1< [3,"s2",{"transactionId":8,${accepted}}]`,
  '1> [2,"m1","MeterValues",{"connectorId":2,"transactionId":8,"meterValue":[]}]',
  '1< [3,"m1",{}]',
  '1> [2,"m2","MeterValues",{"connectorId":1,"transactionId":7,"meterValue":[]}]',
  '1< [3,"m2",{}]',
  '1> [2,"e2","StopTransaction",{"transactionId":8,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"e2",{}]',
  '1> [2,"e1","StopTransaction",{"transactionId":7,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"e1",{}]',
  "1 close",
]);

const replayOnce = async (csms: URL, pace: Pace, isVirtual: boolean): Promise<string> => {
  const running = startReplay({
    plan: compilePlan(session),
    csms,
    pacing: { pace, rate: 1, timeoutMs: 60_000 },
    identity: undefined,
    password: undefined,
    clock: isVirtual ? startVirtualClock() : startClock(),
    record: () => undefined,
    report: () => undefined,
  });
  const { verdict, fingerprint } = await running.outcome;
  return `${verdict} ${fingerprint}`;
};

/** The verdicts and fingerprints of `alone` runs one after the other and of `together` runs at the same time. */
export async function fingerprintsOf(alone: number, together: number): Promise<ReadonlySet<string>> {
  const csms = await startEmbeddedCsms({});
  const url = new URL(csms.url);
  try {
    const found = new Set<string>();
    for (let i = 0; i < alone; i++)
      found.add(await replayOnce(url, i % 2 === 0 ? "lockstep" : "asap", false));
    const beside = Array.from({ length: together }, (_, i) =>
      replayOnce(url, i % 2 === 0 ? "timed" : "lockstep", true),
    );
    for (const one of await Promise.all(beside)) found.add(one);
    return found;
  } finally {
    await csms.close();
  }
}
