// What a page about a recording shows.
import { describe, expect, test } from "vitest";
import { recordingReport } from "../../../src/analyse/report/recording-report.js";
import { reportLimits } from "../../../src/analyse/report/text-budget.js";
import { smallRecording } from "../../support/cassettes/entries.js";

describe("reportOf", () => {
  test("holds the facts and a row for each message and event", () => {
    const report = recordingReport(smallRecording(2));
    expect(report.identity).toBe("CP-0001");
    expect(report.facts).toContainEqual(["subprotocol", "ocpp1.6"]);
    expect(report.facts).toContainEqual(["messages", "2 of the charger, 2 of the CSMS"]);
    expect(report.rows.map(({ type, name, remark }) => [type, name, remark])).toEqual([
      ["connection-opened", "", ""],
      ["CALL", "Heartbeat", ""],
      ["CALLRESULT", "Heartbeat", "1.0 ms"],
      ["CALL", "Heartbeat", ""],
      ["CALLRESULT", "Heartbeat", "1.0 ms"],
      ["note", "", ""],
      ["connection-closed", "", ""],
    ]);
  });

  test("shows the heads of an upgrade", () => {
    expect(recordingReport(smallRecording(0)).rows[0]?.text).toContain(
      "GET /ocpp/CP-0001 HTTP/1.1\\nHost: a",
    );
  });

  test("stops at its limit of rows, and counts the rest", () => {
    const report = recordingReport(smallRecording(10), undefined, { ...reportLimits, rows: 5 });
    expect(report.rows.length).toBe(5);
    expect(report.rowsLeftOut).toBe(18);
  });

  test("shows only the beginnings of texts where they would be too much", () => {
    const report = recordingReport(smallRecording(3), undefined, { rows: 100, text: 10, texts: 30 });
    expect(report.rows[1]?.text).toMatch(/… \d+ more characters/);
    expect(report.rows.every(({ text }) => text.length < 500)).toBe(true);
  });
});
