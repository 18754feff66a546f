// The prologue of a selection.
import { describe, expect, test } from "vitest";
import { type PrologueSource, prologueOf } from "../../../src/analyse/select/prologue.js";
import { indexRecording, valueKey } from "../../../src/analyse/select/recording-index.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

/** The ids of the exchanges that are taken over in front of the message `cut`. */
const taken = (calls: readonly string[], over: Partial<PrologueSource> = {}): readonly string[] => {
  const lines = calls.flatMap((call) => {
    const [message = "", answer = '{"status":"Accepted"}'] = call.split(" => ");
    const id = /"([^"]+)"/.exec(message)?.[1] ?? "";
    const back = message.replace(
      /^(\d)([<>]).*$/s,
      (_, at: string, way: string) => at + (way === ">" ? "<" : ">"),
    );
    return answer === "none" ? [message] : [message, `${back} [3,"${id}",${answer}]`];
  });
  const indexed = indexRecording(dialogueRecording(["1 dial", ...lines, '1> [2,"cut","Heartbeat",{}]']));
  const found = prologueOf({
    indexed: indexed,
    firstIndex: indexed.length - 1,
    kind: "boot",
    hasSameVersion: () => true,
    isSkipped: () => false,
    transactions: new Set(),
    starts: [],
    ...over,
  });
  return found.map(([call, answer]) => {
    expect(answer?.label.callIndex).toBe(call?.index);
    return call?.label.id ?? "";
  });
};

const status = (id: string, connector: number): string =>
  `1> [2,"${id}","StatusNotification",{"connectorId":${connector}}] => {}`;
const boot = (id: string): string => `1> [2,"${id}","BootNotification",{}]`;

describe("prologueOf", () => {
  test("a prologue has the last boot first, then the last status of each connector", () => {
    const calls = [
      boot("b1"),
      status("s0", 0),
      status("s1", 1),
      boot("b2"),
      status("s1b", 1),
      '1> [2,"h","Heartbeat",{}] => {}',
    ];
    expect(taken(calls)).toEqual(["b2", "s0", "s1b"]);
    expect(taken(calls, { kind: "none" })).toEqual([]);
  });

  test("a prologue has one status for each connector of each EVSE", () => {
    const of = (id: string, evse: number): string =>
      `1> [2,"${id}","StatusNotification",{"evseId":${evse},"connectorId":1}] => {}`;
    expect(taken([of("a", 1), of("b", 2), of("c", 1)])).toEqual(["b", "c"]);
  });

  test("a prologue has only whole exchanges of connections with the same version, without skipped actions", () => {
    expect(taken([boot("b1"), `${boot("b2")} => none`])).toEqual(["b1"]);
    expect(taken([boot("b1")], { hasSameVersion: () => false })).toEqual([]);
    expect(
      taken([boot("b1"), status("s", 1)], { isSkipped: (action) => action === "BootNotification" }),
    ).toEqual(["s"]);
  });

  test("a full prologue has the settings that are in force", () => {
    const set = (id: string, key: string, answer: string): string =>
      `1< [2,"${id}","ChangeConfiguration",{"key":"${key}","value":"1"}] => {"status":"${answer}"}`;
    const list = (id: string, type: string): string =>
      `1< [2,"${id}","SendLocalList",{"updateType":"${type}","listVersion":1}]`;
    const profile = (id: string, more: string): string =>
      `1< [2,"${id}","SetChargingProfile",{"connectorId":1,"csChargingProfiles":{${more}}}]`;
    const calls = [
      set("k1", "A", "Accepted"),
      set("k2", "A", "RebootRequired"),
      set("k3", "A", "Rejected"),
      set("k4", "B", "Accepted"),
      list("l0", "Differential"),
      list("l1", "Full"),
      list("l2", "Differential"),
      profile("p0", '"chargingProfileId":1'),
      '1< [2,"clear","ClearChargingProfile",{}]',
      profile("p1", '"chargingProfileId":1'),
      profile("p2", '"transactionId":1,"chargingProfileId":8'),
      profile("p3", '"transactionId":2,"chargingProfileId":9'),
      '1< [2,"v0","ChangeAvailability",{"connectorId":1,"type":"Inoperative"}]',
      '1< [2,"v1","ChangeAvailability",{"connectorId":1,"type":"Operative"}] => {"status":"Scheduled"}',
      '1< [2,"r","Reset",{"type":"Soft"}]',
    ];
    const transactions = new Set([valueKey("2")]);
    expect(taken(calls, { kind: "full", transactions })).toEqual(["k2", "k4", "l1", "l2", "p1", "p3", "v1"]);
    expect(taken(calls)).toEqual([]);
  });

  test("a full prologue has the last of the charging profiles that replace each other", () => {
    const profile = (message: string, connector: number, id: number, level: number): string =>
      `1< [2,"${message}","SetChargingProfile",{"connectorId":${connector},"csChargingProfiles":{"chargingProfileId":${id},"stackLevel":${level},"chargingProfilePurpose":"TxDefaultProfile"}}]`;
    const calls = [
      profile("same-id", 1, 1, 0),
      profile("same-level", 1, 2, 1),
      profile("a", 1, 1, 5),
      profile("b", 1, 3, 1),
      profile("c", 2, 4, 1),
    ];
    expect(taken(calls, { kind: "full" })).toEqual(["a", "b", "c"]);
  });

  test("a full prologue has the accepted variables that were not set again", () => {
    const set = (id: string, name: string, answer: string): string =>
      `1< [2,"${id}","SetVariables",{"setVariableData":[{"component":{"name":"C"},"variable":{"name":"${name}"},"attributeValue":"1"}]}] => {"setVariableResult":[{"attributeStatus":"${answer}"}]}`;
    const calls = [set("1", "A", "Accepted"), set("2", "A", "Accepted"), set("3", "B", "Rejected")];
    expect(taken(calls, { kind: "full" })).toEqual(["2"]);
  });

  test("a prologue has the start of a requested transaction", () => {
    const start = (id: string, transaction: number): string =>
      `1> [2,"${id}","StartTransaction",{"connectorId":1}] => {"transactionId":${transaction}}`;
    const starts = [valueKey("7")];
    expect(taken([start("a", 7), start("b", 8), boot("x")], { kind: "none", starts })).toEqual(["a"]);
  });
});
