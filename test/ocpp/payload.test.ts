import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  authorizationStatusOf,
  connectorOf,
  connectorStatusOf,
  idAt,
  idTagOf,
  listAt,
  numberAt,
  outletOf,
  textAt,
  transactionIdOf,
  valueAt,
} from "../../src/ocpp/payload.js";

const payload = { a: [{ b: "x", n: "12.5", big: 7 }], __proto__: null };

describe("looking into payloads", () => {
  test("finds values of the kind that was asked for", () => {
    expect(textAt(payload, "a", 0, "b")).toBe("x");
    expect(numberAt(payload, "a", 0, "n")).toBe(12.5);
    expect(idAt(payload, "a", 0, "big")).toBe("7");
    expect(listAt(payload, "a")).toHaveLength(1);
  });

  test("finds nothing of another kind, and no inherited member", () => {
    expect(textAt(payload, "a")).toBeUndefined();
    expect(numberAt(payload, "a", 0, "b")).toBeUndefined();
    expect(valueAt({}, "constructor")).toBeUndefined();
    expect(listAt(payload, "b")).toEqual([]);
    expect(idAt(null, "a")).toBeUndefined();
  });

  test("never throws, whatever the payload is", () => {
    const reads = [connectorOf, outletOf, transactionIdOf, idTagOf, authorizationStatusOf, connectorStatusOf];
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(fc.string(), fc.nat(5))), (value, path) => {
        for (const read of [valueAt, textAt, numberAt, listAt, idAt]) read(value, ...path);
        for (const read of reads) read(value);
      }),
    );
  });
});

describe("what 1.6 and 2.x call by different names", () => {
  test.each([
    { payload: { connectorId: 2 }, connector: "2", outlet: { evse: undefined, connector: "2" } },
    { payload: { evseId: 2, connectorId: 1 }, connector: "2", outlet: { evse: "2", connector: "1" } },
    { payload: { evse: { id: 2, connectorId: 1 } }, connector: "2", outlet: { evse: "2", connector: "1" } },
    { payload: { evse: { id: 0 } }, connector: "0", outlet: { evse: "0", connector: undefined } },
    { payload: {}, connector: undefined, outlet: { evse: undefined, connector: undefined } },
  ])("$payload is about connector $connector", ({ payload, connector, outlet }) => {
    expect(connectorOf(payload)).toBe(connector);
    expect(outletOf(payload)).toEqual(outlet);
  });

  test("a transaction, a tag, and the statuses of a tag and of a connector are read in either version", () => {
    expect(
      [{ transactionId: 7 }, { transactionInfo: { transactionId: "t" } }, {}].map(transactionIdOf),
    ).toEqual(["7", "t", undefined]);
    expect(
      [{ idTag: "A" }, { idToken: { idToken: "B", type: "ISO14443" } }, { idTag: 1 }].map(idTagOf),
    ).toEqual(["A", "B", undefined]);
    expect(
      [{ idTagInfo: { status: "Invalid" } }, { idTokenInfo: { status: "Accepted" } }].map(
        authorizationStatusOf,
      ),
    ).toEqual(["Invalid", "Accepted"]);
    expect([{ status: "Charging" }, { connectorStatus: "Occupied" }].map(connectorStatusOf)).toEqual([
      "Charging",
      "Occupied",
    ]);
  });
});
