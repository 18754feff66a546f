import { describe, expect, test } from "vitest";
import { Story } from "../../../support/cassettes/story.js";

describe("uploads and updates", () => {
  test.each([
    ["DiagnosticsStatusNotification", "UploadFailed", "diagnostics-failure"],
    ["LogStatusNotification", "PermissionDenied", "diagnostics-failure"],
    ["FirmwareStatusNotification", "InstallationFailed", "firmware-failure"],
    ["SignedFirmwareStatusNotification", "InvalidSignature", "firmware-failure"],
  ])("are told that failed: %s %s", (action, status, code) => {
    expect(new Story().call(5, action, { status }, {}).codes()).toEqual([`event ${code}`]);
  });

  test("are not told that went well", () => {
    expect(new Story().call(5, "DiagnosticsStatusNotification", { status: "Uploaded" }, {}).codes()).toEqual(
      [],
    );
    expect(new Story().call(5, "FirmwareStatusNotification", { status: "Installed" }, {}).codes()).toEqual(
      [],
    );
  });
});
