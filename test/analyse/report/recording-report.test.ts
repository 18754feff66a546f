// The content of the page about one recording.
import { describe, expect, test } from "vitest";
import { recordingReport } from "../../../src/analyse/report/recording-report.js";
import { reportLimits } from "../../../src/analyse/report/text-budget.js";
import { smallRecording } from "../../support/cassettes/entries.js";

describe("reportOf", () => {
  test("a report has facts, and a row for each message and event", () => {
    const report = recordingReport(smallRecording(2));
    expect(report.identity).toBe("CP-0001");
    expect(report.facts).toContainEqual(["subprotocol", "ocpp1.6"]);
    expect(report.facts).toContainEqual(["messages", "2 from the charger, 2 from the CSMS"]);
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

  test("the row of an opened connection shows the HTTP heads of its upgrade", () => {
    expect(recordingReport(smallRecording(0)).rows[0]?.text).toContain(
      "GET /ocpp/CP-0001 HTTP/1.1\\nHost: a",
    );
  });

  test("a report keeps its limit of rows and counts the others", () => {
    const report = recordingReport(smallRecording(10), undefined, { ...reportLimits, rows: 5 });
    expect(report.rows.length).toBe(5);
    expect(report.rowsLeftOut).toBe(18);
  });

  test("a report keeps only the beginnings of texts when its budget is used up", () => {
    const report = recordingReport(smallRecording(3), undefined, { rows: 100, text: 10, texts: 30 });
    expect(report.rows[1]?.text).toMatch(/… \d+ more characters/);
    expect(report.rows.every(({ text }) => text.length < 500)).toBe(true);
  });
});
