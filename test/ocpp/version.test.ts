// Versions and their subprotocols.
import { describe, expect, test } from "vitest";
import { ocppVersions, subprotocolOf, versionOf } from "../../src/ocpp/version.js";

describe("versionOf", () => {
  test.each(ocppVersions)("reads what subprotocolOf writes for %s", (version) => {
    expect(versionOf(subprotocolOf(version))).toBe(version);
    expect(versionOf(subprotocolOf(version).toUpperCase())).toBe(version);
    expect(versionOf(version)).toBe(version);
  });

  test("takes the withdrawn 2.0 for 2.0.1", () => {
    expect(versionOf("ocpp2.0")).toBe("2.0.1");
  });

  test.each([null, undefined, "", "ocpp", "ocpp1.5", "ocpp1.2", "ocpp1.6j", "mqtt", "ocpp2"])(
    "knows no version in %j",
    (word) => {
      expect(versionOf(word)).toBeUndefined();
    },
  );
});
