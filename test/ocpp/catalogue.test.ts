// The catalogue of actions, against the names of the OCA's schemas.
import { describe, expect, test } from "vitest";
import { actionsOf, callerOf, isKnownAction } from "../../src/ocpp/catalogue.js";
import { ocppVersions } from "../../src/ocpp/version.js";
import { schemaActions } from "../support/schema/oca-schemas.js";

describe("the catalogue", () => {
  test.each(ocppVersions)("of %s has the actions that have schemas", (version) => {
    expect([...actionsOf(version)].sort()).toEqual(schemaActions(version));
  });

  test.each([
    ["1.6", 39, 13],
    ["2.0.1", 64, 24],
    ["2.1", 91, 36],
  ] as const)("of %s has %i actions, %i of them the charger's alone", (version, all, chargers) => {
    const callers = actionsOf(version).map((action) => callerOf(version, action));
    expect(callers).toHaveLength(all);
    expect(callers.filter((caller) => caller === "charger")).toHaveLength(chargers);
    expect(callers.filter((caller) => caller === "both")).toHaveLength(1);
  });

  test("says who calls what", () => {
    expect(callerOf("1.6", "BootNotification")).toBe("charger");
    expect(callerOf("1.6", "RemoteStartTransaction")).toBe("csms");
    expect(callerOf("2.0.1", "DataTransfer")).toBe("both");
    expect(callerOf("2.1", "NotifyPeriodicEventStream")).toBe("charger");
    expect(callerOf("2.1", "NotifyWebPaymentStarted")).toBe("csms");
  });

  test("keeps every 2.0.1 action in 2.1, with the same caller", () => {
    for (const action of actionsOf("2.0.1")) expect(callerOf("2.1", action)).toBe(callerOf("2.0.1", action));
  });

  test("knows no action of another version, no other spelling and no member of Object", () => {
    expect(isKnownAction("2.0.1", "StartTransaction")).toBe(false);
    expect(isKnownAction("1.6", "TransactionEvent")).toBe(false);
    expect(isKnownAction("1.6", "heartbeat")).toBe(false);
    for (const name of ["constructor", "__proto__", "toString", ""])
      expect([isKnownAction("1.6", name), callerOf("1.6", name)]).toEqual([false, undefined]);
    expect(isKnownAction("1.6", "Heartbeat")).toBe(true);
  });
});
