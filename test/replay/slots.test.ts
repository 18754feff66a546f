// Values that the CSMS chooses: found and written without touching anything else.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  idInAnswer,
  idsInCsmsCall,
  idsInSend,
  sameSpelling,
  withId,
  withValues,
} from "../../src/replay/slots.js";

describe("transaction ids", () => {
  test("are found in all their places", () => {
    const send = (action: string): number =>
      idsInSend(action, `[2,"i","${action}",{"transactionId":7}]`).length;
    expect(["MeterValues", "StopTransaction", "Heartbeat", "constructor"].map(send)).toEqual([1, 1, 0, 0]);
    const call = (action: string, payload: string): number =>
      idsInCsmsCall(action, `[2,"i","${action}",${payload}]`).length;
    expect(call("RemoteStopTransaction", '{"transactionId":7}')).toBe(1);
    expect(call("SetChargingProfile", '{"csChargingProfiles":{"transactionId":7}}')).toBe(1);
    expect(call("RemoteStartTransaction", '{"chargingProfile":{"transactionId":7}}')).toBe(1);
    expect(idInAnswer('[3,"i",{"transactionId":9223372036854775807}]')).toBe("9223372036854775807");
    expect(idInAnswer('[3,"i",{"transactionId":null}]')).toBeUndefined();
    expect(idInAnswer('[3,"i",{}]')).toBeUndefined();
  });

  test("are the same however they are spelled, and texts are no numbers", () => {
    expect(sameSpelling("7.0")).toBe(sameSpelling("7"));
    expect(sameSpelling('"7"')).not.toBe(sameSpelling("7"));
  });
});

describe("writing a value", () => {
  test("changes nothing else in a message", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.maxSafeInteger(), fc.boolean(), (other, live, spaced) => {
        const gap = spaced ? " \n" : "";
        const around = JSON.stringify(other);
        const before = `[2,"i","StopTransaction",{"a":${around},"transactionId":${gap}`;
        const after = `${gap},"n":12.50,"z":${around}}]`;
        const text = `${before}9223372036854775807${after}`;
        const uses = idsInSend("StopTransaction", text).map(({ offset, length }) => ({
          slot: 0,
          offset,
          length,
        }));
        expect(withValues(text, uses, () => `${live}`)).toBe(`${before}${live}${after}`);
        expect(withValues(text, uses, () => undefined)).toBe(text);
      }),
    );
  });

  test("puts a live message id into a recorded answer", () => {
    expect(withId('[3, "old" , {"a":1.0}]', '"n\\u0065w"')).toBe('[3, "n\\u0065w" , {"a":1.0}]');
    expect(withId("nonsense", '"x"')).toBe("nonsense");
  });
});
