// The exchanges of a transaction.
import { describe, expect, test } from "vitest";
import { indexRecording, valueKey } from "../../../src/analyse/select/recording-index.js";
import {
  exchangesOfTransaction,
  transactionKeys,
} from "../../../src/analyse/select/selection-transaction.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

/** The ids of the exchanges that belong to a transaction; each CALL has its answer `{}` unless one is given. */
const belong = (calls: readonly string[], id: string, subprotocol = "ocpp1.6"): readonly string[] => {
  const lines = calls.flatMap((call) => {
    const [message = "", answer = "{}"] = call.split(" => ");
    const messageId = /"([^"]+)"/.exec(message)?.[1] ?? "";
    const back = message.startsWith("1>") ? "1<" : "1>";
    return [message, `${back} [3,"${messageId}",${answer}]`];
  });
  const indexed = indexRecording(dialogueRecording(["1 dial", ...lines], { subprotocol }));
  const found = exchangesOfTransaction(indexed, valueKey(id));
  return indexed.filter(({ index }) => found.has(index)).map(({ label }) => label.id ?? "");
};

const start = (id: string, tag: string, connector: number, transaction: number): string =>
  `1> [2,"${id}","StartTransaction",{"connectorId":${connector},"idTag":"${tag}","meterStart":0,"timestamp":"x"}] => {"transactionId":${transaction}}`;

describe("exchangesOfTransaction", () => {
  test("a 1.6 transaction has its exchanges and those that led to it, and none of other transactions", () => {
    const found = belong(
      [
        '1> [2,"boot","BootNotification",{}]',
        '1> [2,"s0","StatusNotification",{"connectorId":1,"status":"Available"}]',
        '1> [2,"a1","Authorize",{"idTag":"T"}]',
        start("old", "T", 1, 10),
        '1> [2,"oldstop","StopTransaction",{"transactionId":10,"idTag":"T"}]',
        '1< [2,"rs","RemoteStartTransaction",{"idTag":"t","connectorId":1}] => {"status":"Accepted"}',
        '1< [2,"rs2","RemoteStartTransaction",{"idTag":"T","connectorId":2}] => {"status":"Rejected"}',
        '1> [2,"a2","Authorize",{"idTag":"t"}]',
        '1> [2,"other","Authorize",{"idTag":"U"}]',
        start("start", "T", 1, 11),
        '1> [2,"s1","StatusNotification",{"connectorId":1,"status":"Charging"}]',
        '1> [2,"s2","StatusNotification",{"connectorId":2,"status":"Charging"}]',
        '1> [2,"hb","Heartbeat",{}]',
        '1> [2,"mv","MeterValues",{"connectorId":1,"transactionId":11}]',
        '1> [2,"mv1","MeterValues",{"connectorId":1}]',
        '1> [2,"mv2","MeterValues",{"connectorId":2,"transactionId":12}]',
        '1< [2,"profile","SetChargingProfile",{"connectorId":1,"csChargingProfiles":{"transactionId":11}}]',
        '1< [2,"rstop","RemoteStopTransaction",{"transactionId":11}] => {"status":"Accepted"}',
        '1> [2,"stop","StopTransaction",{"transactionId":11}]',
        '1> [2,"s3","StatusNotification",{"connectorId":1,"status":"Available"}]',
      ],
      "11",
    );
    expect(found).toEqual(["rs", "a2", "start", "s1", "mv", "mv1", "profile", "rstop", "stop"]);
  });

  test("a transaction has the earlier attempts of its start and its reservation", () => {
    const attempt = start("try", "T", 1, 0).split(" => ")[0] ?? "";
    const again = attempt.replace('"try"', '"again"');
    const reserve = '1< [2,"res","ReserveNow",{"reservationId":5,"idTag":"T","connectorId":1}]';
    const status = '1> [2,"s","StatusNotification",{"connectorId":1,"status":"Reserved"}]';
    const both = [attempt, `${again} => {"transactionId":7}`].map((one) =>
      one.replace('"meterStart"', '"reservationId":5,"meterStart"'),
    );
    expect(belong([reserve, status, ...both], "7")).toEqual(["res", "try", "again"]);
  });

  test("a 2.x transaction has its exchanges, and a remote start that came while it ran", () => {
    const event = (id: string, type: string, more: string): string =>
      `1> [2,"${id}","TransactionEvent",{"eventType":"${type}","transactionInfo":{"transactionId":"ab-1"${more}}}]`;
    const found = belong(
      [
        '1> [2,"a0","Authorize",{"idToken":{"idToken":"T","type":"Central"}}]',
        event("e1", "Started", "").replace("}}]", '},"evse":{"id":1,"connectorId":1}}]'),
        '1< [2,"req","RequestStartTransaction",{"remoteStartId":9,"evseId":1,"idToken":{"idToken":"T"}}]',
        event("e2", "Updated", ',"remoteStartId":9'),
        '1> [2,"s1","StatusNotification",{"evseId":1,"connectorId":1}]',
        '1> [2,"s2","StatusNotification",{"evseId":2,"connectorId":1}]',
        '1< [2,"rst","RequestStopTransaction",{"transactionId":"ab-1"}]',
        event("e3", "Ended", ""),
      ],
      "ab-1",
      "ocpp2.0.1",
    );
    expect(found).toEqual(["e1", "req", "e2", "s1", "rst", "e3"]);
  });

  test("an id that no message names has no exchanges", () => {
    expect(belong([start("start", "T", 1, 11)], "12")).toEqual([]);
  });
});

describe("transactionKeys", () => {
  const indexed = indexRecording(
    dialogueRecording([
      '1> [2,"1","StartTransaction",{"connectorId":1}]',
      '1< [3,"1",{"transactionId":4711}]',
      '1> [2,"2","MeterValues",{"connectorId":2,"transactionId":-1}]',
      '1> [2,"3","MeterValues",{"connectorId":2,"transactionId":12}]',
      '1< [2,"4","RemoteStopTransaction",{"transactionId":99}]',
    ]),
  );

  test("transaction keys are those of the charger's messages, without 0 and -1", () => {
    expect(transactionKeys(indexed)).toEqual([valueKey("4711"), valueKey("12")]);
    expect(transactionKeys(indexed, [valueKey("1")])).toEqual([valueKey("4711")]);
  });
});
