// The passive station: a valid answer to every call, and no promises.
import { describe, expect, test } from "vitest";
import { actionsOf, callerOf } from "../../../../src/ocpp/catalogue.js";
import { type OcppVersion, ocppVersions } from "../../../../src/ocpp/version.js";
import { PassiveStation } from "../../../../src/replay/station/passive/passive.js";
import { schemaErrors } from "../../../support/schema/oca-schemas.js";

const component = { component: { name: "C" }, variable: { name: "V" } };
const payloads: Readonly<Record<string, unknown>> = {
  GetConfiguration: { key: ["A"] },
  ChangeConfiguration: { key: "A", value: "1" },
  GetVariables: { getVariableData: [component] },
  SetVariables: { setVariableData: [{ ...component, attributeValue: "1" }] },
};

const callable = (version: OcppVersion): readonly string[] =>
  actionsOf(version).filter((action) => callerOf(version, action) !== "charger");

describe.each(ocppVersions)("a passive %s station", (version) => {
  test.each(callable(version))(
    "a passive station answers %s with a valid payload, or with an error",
    (action) => {
      const answer = new PassiveStation().answer(version, action, payloads[action] ?? {});
      if (answer.kind === "error") expect(answer.code).toBe("NotSupported");
      else expect(schemaErrors(version, action, "response", answer.payload)).toEqual([]);
    },
  );

  test("a passive station accepts nothing that requires a further message", () => {
    const accepted = callable(version).filter((action) => {
      const answer = new PassiveStation().answer(version, action, payloads[action] ?? {});
      return answer.kind === "result" && JSON.stringify(answer.payload).includes('"Accepted"');
    });
    expect(accepted).toEqual([]);
  });

  test("a passive station answers unknown actions with NotImplemented", () => {
    const answer = new PassiveStation().answer(version, "constructor", {});
    expect(answer).toMatchObject({ kind: "error", code: "NotImplemented" });
  });
});

test("a passive station reads out the recorded configuration with the changes accepted since", () => {
  const station = new PassiveStation();
  station.learn("GetConfiguration", { configurationKey: [{ key: "A", readonly: false, value: "1" }] });
  station.accepted("ChangeConfiguration", { key: "A", value: "2" });
  expect(station.answer("1.6", "GetConfiguration", { key: ["A"] })).toMatchObject({
    payload: { configurationKey: [{ key: "A", value: "2" }] },
  });
});
