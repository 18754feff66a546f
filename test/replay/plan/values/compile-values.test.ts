// The values of a recording: their places, and that nothing else changes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CallStep } from "../../../../src/replay/plan/plan.js";
import type { ValuePlace } from "../../../../src/replay/plan/values/places.js";
import { valueRecording, valueRun } from "../../../support/worlds/value-run.js";

const placesOf = (lines: readonly string[], subprotocol = "ocpp1.6"): readonly string[] => {
  const { plan } = valueRun(valueRecording(lines, { subprotocol }));
  const calls = plan.steps.filter((step): step is CallStep => step.kind === "call");
  const words = (text: string, { kind, offset, length }: ValuePlace): string =>
    `${kind} ${text.slice(offset, offset + length)}`;
  return calls.flatMap(({ out }) => (out.places ?? []).map((place) => words(out.text ?? "", place)));
};

const status = (id: string, date: string): string =>
  `1> [2,"${id}","StatusNotification",{"timestamp":"${date}"}]`;

describe("dates", () => {
  test("dates within thirty days of the recording are shifted, other dates are not", () => {
    const dates = [
      "2026-01-01T00:00:00Z",
      "1970-01-01T00:00:00Z",
      "0000-01-01T00:00:00Z",
      "9999-12-31T00:00:00Z",
    ];
    expect(
      placesOf(dates.map((date) => status("i", date))).filter((place) => place.startsWith("time")),
    ).toEqual(["time 2026-01-01T00:00:00"]);
  });

  test("dates that the CSMS sent first are not shifted, except those of its clock", () => {
    const places = placesOf([
      '1> [2,"b","BootNotification",{}]',
      '1< [3,"b",{"currentTime":"2026-01-01T00:00:01Z"}]',
      '1< [2,"r","ReserveNow",{"expiryDate":"2026-01-01T08:00:00.000Z"}]',
      status("1", "2026-01-01T08:00:00Z"),
      status("2", "2026-01-01T00:00:01Z"),
    ]);
    expect(places.filter((place) => place.startsWith("time"))).toEqual(["time 2026-01-01T00:00:01"]);
  });

  test("a timestamp close to the current time is shifted, even if the CSMS sent the same second first", () => {
    const places = placesOf([
      '1> [2,"b","BootNotification",{}]',
      '1< [3,"b",{"currentTime":"2026-01-01T00:00:01Z"}]',
      '1< [2,"p","SetChargingProfile",{"csChargingProfiles":{"validFrom":"2026-01-01T00:10:00Z"}}]',
      status("1", "2026-01-01T00:10:00Z"),
      '1> [2,"n","DataTransfer",{"validFrom":"2026-01-01T00:10:00Z"}]',
    ]);
    expect(places.filter((place) => place.startsWith("time"))).toEqual(["time 2026-01-01T00:10:00"]);
  });

  test("dates in signed data are not shifted", () => {
    const date = "2026-01-01T00:00:00Z";
    expect(
      placesOf([
        `1> [2,"1","MeterValues",{"meterValue":[{"sampledValue":[{"signedMeterValue":{"signedMeterData":"${date}"}}]}]}]`,
        `1> [2,"2","TransactionEvent-Signed",{"payload":"${date}","transactionId":"x"}]`,
      ]),
    ).toEqual(["made 1", "made 2"]);
  });
});

describe("registers", () => {
  test("registers belong to the connector of their transaction", () => {
    const { plan } = valueRun(
      valueRecording([
        '1> [2,"1","StartTransaction",{"connectorId":2,"meterStart":100}]',
        '1< [3,"1",{"transactionId":7}]',
        '1> [2,"2","StopTransaction",{"transactionId":7,"meterStop":300,"transactionData":[{"sampledValue":[{"value":"250"}]}]}]',
      ]),
    );
    const stop = plan.steps[2] as CallStep;
    expect(stop.out.places?.filter(({ kind }) => kind === "meter")).toMatchObject([
      { connector: "2", role: "reading" },
      { connector: "2", role: "stop" },
    ]);
    expect([...plan.registers]).toEqual([["2", "100"]]);
  });

  test("registers of a 2.x transaction that names its EVSE once are found by its id", () => {
    const event = (type: string, value: number, more: string): string =>
      `1> [2,"${type}","TransactionEvent",{"eventType":"${type}","transactionInfo":{"transactionId":"t"},"meterValue":[{"sampledValue":[{"value":${value}}]}]${more}}]`;
    const places = placesOf(
      [event("Started", 1, ',"evse":{"id":3}'), event("Updated", 2, ""), event("Ended", 3.5, "")],
      "ocpp2.0.1",
    );
    expect(places.filter((place) => place.startsWith("meter"))).toEqual(["meter 1", "meter 2", "meter 3.5"]);
  });
});

const json = (value: unknown): string => JSON.stringify(value);

test("all characters around values stay as recorded", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.string(),
      fc.bigInt({ min: 0n }),
      fc.boolean(),
      (other, key, live, spaced) => {
        const gap = spaced ? " \n" : "";
        const around = `${json(`${key}~`)}:${json(other)},"big":9223372036854775807,"n":12.50`;
        const start = `[2,"a","StartTransaction",{${around},"timestamp":"2026-01-01T00:00:00.5+03:00","connectorId":1,"meterStart":5}]`;
        const stopText = (id: string, transaction: string, date: string, meter: string): string =>
          `[2,${gap}"${id}","StopTransaction",{${around},"transactionId":${gap}${transaction}${gap},"timestamp":"${date}","meterStop":${meter},"z":${json(other)}}]`;
        const stop = stopText("b", "9223372036854775807", "2026-01-01T00:00:07.250", "12");
        const run = valueRun(
          valueRecording([`1> ${start}`, '1< [3,"a",{"transactionId":9223372036854775807}]', `1> ${stop}`]),
          {
            time: "days",
            meter: "continue",
            lastStops: new Map([["1", "1005"]]),
            startedMs: Date.parse("2026-03-01T12:00:00Z"),
          },
        );
        // A random payload may hold dates of its own and the like only with vanishing chance.
        expect(run.send(0).text).toBe(
          start
            .replace("2026-01-01T00:00:00.5", "2026-03-01T00:00:00.5")
            .replace('"meterStart":5', '"meterStart":1005'),
        );
        run.answer(0, `[3,"a",{"transactionId":${live}}]`);
        expect(run.send(1).text).toBe(stopText("b", `${live}`, "2026-03-01T00:00:07.250", "1012"));
      },
    ),
  );
});
