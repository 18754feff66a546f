// The index of a recording: exchanges, and the ids that messages name.
import { describe, expect, test } from "vitest";
import { idsIn, indexRecording, isRequest, valueKey } from "../../../src/analyse/select/recording-index.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

describe("recordingIndex", () => {
  test("an answer belongs to the exchange of its CALL on the same connection", () => {
    const indexed = indexRecording(
      dialogueRecording([
        "1 dial",
        '1> [2,"a","Heartbeat",{}]',
        "2 dial",
        '2> [2,"a","Authorize",{"idTag":"T"}]',
        '1< [3,"a",{}]',
        '2< [3,"a",{}]',
        '1< [3,"b",{}]',
      ]),
    );
    expect(indexed.map(({ exchange }) => exchange)).toEqual([0, 1, 0, 1, 4]);
    expect(indexed.map(isRequest)).toEqual([true, true, false, false, false]);
  });
});

describe("namedIn", () => {
  test("ids of any size have equal keys as numbers and as texts", () => {
    const big = '[2,"1","StopTransaction",{"transactionId":9223372036854775807}]';
    expect(idsIn(big).transactions).toEqual([valueKey("9223372036854775807")]);
    expect(idsIn(big).transactions).not.toEqual([valueKey("9223372036854775806")]);
    expect(idsIn('[2,"1","StopTransaction",{"transactionId":"4711"}]').transactions).toEqual(
      idsIn('[2,"1","StopTransaction",{"transactionId":4711.0}]').transactions,
    );
    expect(idsIn('[2,"1","MeterValues",{"transactionId":null}]').transactions).toEqual([]);
  });

  test.each([
    ['{"connectorId":2}', ["2"]],
    ['{"evse":{"id":3,"connectorId":1}}', ["3"]],
    ['{"evseId":3,"connectorId":1}', ["3"]],
    ['{"chargingProfile":{"connectorId":0}}', ["0"]],
  ])("the connector of %s is its EVSE, else its connector", (payload, connectors) => {
    expect(idsIn(`[2,"1","X",${payload}]`).connectors).toEqual(connectors.map(valueKey));
  });

  test("tags are compared without regard to case", () => {
    expect(idsIn('[2,"1","Authorize",{"idTag":"AbC"}]').tags).toEqual(["abc"]);
    expect(idsIn('[2,"1","Authorize",{"idToken":{"idToken":"AbC","type":"ISO14443"}}]').tags).toEqual([
      "abc",
    ]);
  });
});
