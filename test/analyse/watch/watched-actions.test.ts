// Which commands change how or where a charger connects, row by row.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesOf, isAccepted, isWatched, statusesOf } from "../../../src/analyse/watch/watched-actions.js";

const setting = (name: string, value: unknown) => changesOf("ChangeConfiguration", { key: name, value })[0];

describe("changesOf", () => {
  test.each([
    ["AuthorizationKey", "4F43415F", /new password/],
    ["SecurityProfile", "2", /profile 2.*wss:\/\/ \(TLS\), and/],
    ["SecurityProfile", "3", /client certificate/],
    ["SecurityProfile", 1, /ws:\/\//],
    ["CentralSystemURL", "ws://user:pw@new.example/x?token=1", /connect to ws:\/\/new\.example\/x,/],
    ["BackendServer", "new.example", /new\.example/],
    ["ChargeBoxIdentity", "CP9", /calls itself CP9/],
    ["CpoName", "Them", /trusts and shows/],
  ])("sees the key %s set to %j", (key, value, meaning) => {
    expect(setting(key, value)?.key).toBe(key);
    expect(setting(key, value)?.meaning).toMatch(meaning);
  });

  test.each(["HeartbeatInterval", "NtpServer", "TimeServerUrl", "MeterValueSampleInterval", "UploadURL", ""])(
    "passes over the key %j",
    (key) => {
      expect(setting(key, "1")).toBeUndefined();
    },
  );

  test.each([
    [
      "SetNetworkProfile",
      { configurationSlot: 1, connectionData: { ocppCsmsUrl: "wss://x/y", securityProfile: 2 } },
      /slot 1 leads to wss:\/\/x\/y, security profile 2/,
    ],
    ["InstallCertificate", { certificateType: "CSMSRootCertificate" }, /CSMSRootCertificate/],
    ["DeleteCertificate", {}, /one root less/],
    ["CertificateSigned", {}, /new certificate/],
    ["UpdateFirmware", {}, /other firmware/],
    ["SignedUpdateFirmware", {}, /other firmware/],
    ["Reset", { type: "Hard" }, /Hard/],
  ])("sees %s", (action, payload, meaning) => {
    expect(isWatched(action)).toBe(true);
    expect(changesOf(action, payload)[0]?.meaning).toMatch(meaning);
  });

  test("never shows a password, and hands it over", () => {
    const change = setting("AuthorizationKey", "geheim");
    expect(change?.password).toBe("geheim");
    expect(change?.meaning).not.toContain("geheim");
    const data = { ocppCsmsUrl: "wss://u:geheim@x", basicAuthPassword: "geheim" };
    const [profile] = changesOf("SetNetworkProfile", { connectionData: data });
    expect(profile?.password).toBe("geheim");
    expect(profile?.meaning).not.toContain("geheim");
  });

  test("keeps the places of what is no matter of connecting", () => {
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

  test("has an answer to any payload", () => {
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

  test("finds results by their names, in whatever order", () => {
    const setVariableResult = [
      { variable: { name: "BasicAuthPassword" }, attributeStatus: "Rejected" },
      { variable: { name: "SecurityProfile" }, attributeStatus: "Accepted" },
    ];
    expect(statusesOf("SetVariables", changes, { setVariableResult })).toEqual(["Accepted", "Rejected"]);
  });

  test("falls back on the order, and on nothing", () => {
    expect(
      statusesOf("SetVariables", changes, { setVariableResult: [{ attributeStatus: "Accepted" }] }),
    ).toEqual(["Accepted", "?"]);
  });

  test("takes the empty answer to UpdateFirmware for a yes", () => {
    const update = changesOf("UpdateFirmware", {});
    expect(statusesOf("UpdateFirmware", update, {})).toEqual(["Accepted"]);
    expect(statusesOf("Reset", changesOf("Reset", {}), {})).toEqual(["?"]);
  });

  test.each([
    ["Accepted", true],
    ["RebootRequired", true],
    ["Rejected", false],
    ["?", false],
  ])("%s means taken: %j", (status, expected) => {
    expect(isAccepted(status)).toBe(expected);
  });
});
