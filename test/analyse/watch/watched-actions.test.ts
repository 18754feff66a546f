// Which commands change how or where a charger connects, row by row.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesOf, isAccepted, isWatched, statusesOf } from "../../../src/analyse/watch/watched-actions.js";

const setting = (name: string, value: unknown) => changesOf("ChangeConfiguration", { key: name, value })[0];

describe("changesOf", () => {
  test.each([
    ["AuthorizationKey", "4F43415F", /new password/],
    ["SecurityProfile", "2", /profile 2.*wss:\/\/ \(TLS\) from/],
    ["SecurityProfile", "3", /client certificate/],
    ["SecurityProfile", 1, /ws:\/\//],
    ["CentralSystemURL", "ws://user:pw@new.example/x?token=1", /connect to ws:\/\/new\.example\/x;/],
    ["BackendServer", "new.example", /new\.example/],
    ["ChargeBoxIdentity", "CP9", /identity CP9/],
    ["CpoName", "Them", /certificates by other rules/],
  ])("the key %s set to %j changes the connection", (key, value, meaning) => {
    expect(setting(key, value)?.key).toBe(key);
    expect(setting(key, value)?.meaning).toMatch(meaning);
  });

  test.each(["HeartbeatInterval", "NtpServer", "TimeServerUrl", "MeterValueSampleInterval", "UploadURL", ""])(
    "the key %j does not concern the connection",
    (key) => {
      expect(setting(key, "1")).toBeUndefined();
    },
  );

  test.each([
    [
      "SetNetworkProfile",
      { configurationSlot: 1, connectionData: { ocppCsmsUrl: "wss://x/y", securityProfile: 2 } },
      /slot 1 connects to wss:\/\/x\/y, security profile 2/,
    ],
    ["InstallCertificate", { certificateType: "CSMSRootCertificate" }, /CSMSRootCertificate/],
    ["DeleteCertificate", {}, /one root certificate less/],
    ["CertificateSigned", {}, /new client certificate/],
    ["UpdateFirmware", {}, /other firmware/],
    ["SignedUpdateFirmware", {}, /other firmware/],
    ["Reset", { type: "Hard" }, /Hard/],
  ])("the action %s changes the connection", (action, payload, meaning) => {
    expect(isWatched(action)).toBe(true);
    expect(changesOf(action, payload)[0]?.meaning).toMatch(meaning);
  });

  test("a password is in its own member and never in the words", () => {
    const change = setting("AuthorizationKey", "geheim");
    expect(change?.password).toBe("geheim");
    expect(change?.meaning).not.toContain("geheim");
    const data = { ocppCsmsUrl: "wss://u:geheim@x", basicAuthPassword: "geheim" };
    const [profile] = changesOf("SetNetworkProfile", { connectionData: data });
    expect(profile?.password).toBe("geheim");
    expect(profile?.meaning).not.toContain("geheim");
  });

  test("settings that do not concern the connection are undefined elements", () => {
    const item = (name: string) => ({
      component: { name: "SecurityCtrlr" },
      variable: { name },
      attributeValue: "x",
    });
    const changes = changesOf("SetVariables", {
      setVariableData: [item("Other"), item("BasicAuthPassword")],
    });
    expect(changes.map((change) => change?.key)).toEqual([undefined, "BasicAuthPassword"]);
  });

  test("every payload gives as many statuses as changes", () => {
    const actions = fc.constantFrom(
      "ChangeConfiguration",
      "SetVariables",
      "SetNetworkProfile",
      "Reset",
      "Other",
    );
    fc.assert(
      fc.property(actions, fc.jsonValue(), (action, payload) => {
        expect(statusesOf(action, changesOf(action, payload), payload).length).toBe(
          changesOf(action, payload).length,
        );
      }),
    );
  });
});

describe("statusesOf", () => {
  const changes = changesOf("SetVariables", {
    setVariableData: ["SecurityProfile", "BasicAuthPassword"].map((name) => ({ variable: { name } })),
  });

  test("results are matched by name in any order", () => {
    const setVariableResult = [
      { variable: { name: "BasicAuthPassword" }, attributeStatus: "Rejected" },
      { variable: { name: "SecurityProfile" }, attributeStatus: "Accepted" },
    ];
    expect(statusesOf("SetVariables", changes, { setVariableResult })).toEqual(["Accepted", "Rejected"]);
  });

  test("results without names are matched by order, and missing ones have the status ?", () => {
    expect(
      statusesOf("SetVariables", changes, { setVariableResult: [{ attributeStatus: "Accepted" }] }),
    ).toEqual(["Accepted", "?"]);
  });

  test("the empty answer to UpdateFirmware counts as accepted", () => {
    const update = changesOf("UpdateFirmware", {});
    expect(statusesOf("UpdateFirmware", update, {})).toEqual(["Accepted"]);
    expect(statusesOf("Reset", changesOf("Reset", {}), {})).toEqual(["?"]);
  });

  test.each([
    ["Accepted", true],
    ["RebootRequired", true],
    ["Rejected", false],
    ["?", false],
  ])("whether the status %s means accepted: %j", (status, expected) => {
    expect(isAccepted(status)).toBe(expected);
  });
});
