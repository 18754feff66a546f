import { describe, expect, test } from "vitest";
import { Story } from "../../../support/cassettes/story.js";

describe("uploads and updates", () => {
  test.each([
    ["DiagnosticsStatusNotification", "UploadFailed", "diagnostics-failure"],
    ["LogStatusNotification", "PermissionDenied", "diagnostics-failure"],
    ["FirmwareStatusNotification", "InstallationFailed", "firmware-failure"],
    ["SignedFirmwareStatusNotification", "InvalidSignature", "firmware-failure"],
  ])("a failed upload or update is an event: %s %s", (action, status, code) => {
    expect(new Story().call(5, action, { status }, {}).codes()).toEqual([`event ${code}`]);
  });

  test("successful uploads and updates are not findings", () => {
    expect(new Story().call(5, "DiagnosticsStatusNotification", { status: "Uploaded" }, {}).codes()).toEqual(
      [],
    );
    expect(new Story().call(5, "FirmwareStatusNotification", { status: "Installed" }, {}).codes()).toEqual(
      [],
    );
  });
});
