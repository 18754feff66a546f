// The meter curves of a dialogue.
import { describe, expect, test } from "vitest";
import { dialogueOf } from "../../../src/analyse/messages/dialogue.js";
import { type MeterSeries, meterSeriesOf } from "../../../src/analyse/report/meter-series.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const seriesOf = (...script: readonly string[]): readonly MeterSeries[] =>
  meterSeriesOf(dialogueOf(dialogueRecording(script)), Date.UTC(2026, 0, 1));

const call = (action: string, payload: object): string =>
  `1> [2,"${action}","${action}",${JSON.stringify(payload)}]`;
const meterValue = (timestamp: string, ...sampledValue: readonly object[]): object => ({
  timestamp,
  sampledValue,
});
const at = (text: string): number => Date.parse(text);

describe("the curves", () => {
  test("a 1.6 transaction's curve runs from meterStart over its readings to meterStop", () => {
    const [series, ...rest] = seriesOf(
      call("StartTransaction", { connectorId: 2, meterStart: 100, timestamp: "2026-01-01T10:00:00Z" }),
      '1< [3,"StartTransaction",{"transactionId":7}]',
      call("MeterValues", {
        connectorId: 2,
        transactionId: 7,
        meterValue: [
          meterValue(
            "2026-01-01T10:05:00Z",
            { value: "0.6", unit: "kWh" },
            { value: "11000", measurand: "Power.Active.Import", unit: "W" },
          ),
        ],
      }),
      call("StopTransaction", { transactionId: 7, meterStop: 1100, timestamp: "2026-01-01T10:10:00Z" }),
    );
    expect(rest).toEqual([]);
    expect(series).toEqual({
      transaction: "7",
      connector: "2",
      energy: [
        { epochMs: at("2026-01-01T10:00:00Z"), value: 100 },
        { epochMs: at("2026-01-01T10:05:00Z"), value: 600 },
        { epochMs: at("2026-01-01T10:10:00Z"), value: 1100 },
      ],
      power: [{ epochMs: at("2026-01-01T10:05:00Z"), value: 11_000 }],
    });
  });

  test("a 2.x transaction's curve collects the readings with its id", () => {
    const event = (timestamp: string, value: number): string =>
      call("TransactionEvent", {
        transactionInfo: { transactionId: "T" },
        evse: { id: 3 },
        meterValue: [meterValue(timestamp, { value, unitOfMeasure: { unit: "Wh" } })],
      });
    const [series] = seriesOf(event("2026-01-01T10:01:00Z", 20), event("2026-01-01T10:00:00Z", 10));
    expect(series).toMatchObject({ transaction: "T", connector: "3" });
    expect(series?.energy.map(({ value }) => value)).toEqual([10, 20]);
  });

  test("readings by phase are summed up if there is no total, and each connector has its own curve", () => {
    const power = (phase: string): object => ({ value: "1000", measurand: "Power.Active.Import", phase });
    const found = seriesOf(
      call("MeterValues", {
        connectorId: 1,
        meterValue: [meterValue("2026-01-01T10:00:00Z", power("L1"), power("L2"), power("L3"))],
      }),
      call("MeterValues", {
        connectorId: 2,
        meterValue: [meterValue("2026-01-01T10:00:00Z", { value: "1" })],
      }),
    );
    expect(
      found.map(({ connector, energy, power: watts }) => [connector, energy.length, watts[0]?.value]),
    ).toEqual([
      ["1", 0, 3000],
      ["2", 1, undefined],
    ]);
  });

  test("a reading without a time is placed at the time of its arrival", () => {
    const [series] = seriesOf(
      call("MeterValues", { connectorId: 1, meterValue: [{ sampledValue: [{ value: "5" }] }] }),
    );
    expect(series?.energy).toEqual([{ epochMs: Date.UTC(2026, 0, 1) + 1, value: 5 }]);
  });

  test("a dialogue without readings has no curves", () => {
    expect(
      seriesOf(
        call("MeterValues", { meterValue: "x" }),
        call("StopTransaction", { transactionId: {}, meterStop: null }),
        '1> [2,"q","MeterValues"',
      ),
    ).toEqual([]);
  });
});
