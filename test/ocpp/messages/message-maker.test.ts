// Typed payloads: every maker of every version, what it takes and what it refuses.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionsOf } from "../../../src/ocpp/catalogue.js";
import type {
  Made,
  MessageError,
  MessageMaker,
  SendMaker,
} from "../../../src/ocpp/messages/message-maker.js";
import * as ocpp16 from "../../../src/ocpp/messages/ocpp16.js";
import * as ocpp21 from "../../../src/ocpp/messages/ocpp21.js";
import * as ocpp201 from "../../../src/ocpp/messages/ocpp201.js";
import { type OcppVersion, ocppVersions } from "../../../src/ocpp/version.js";
import { fromSchema, type Json, mutationsOf } from "../../support/schema/from-schema.js";
import { type MessageCase, messageCases } from "../../support/schema/message-cases.js";

type AnyMaker = SendMaker<unknown> & Partial<MessageMaker<unknown, unknown>>;

const makers: Readonly<Record<OcppVersion, Readonly<Record<string, AnyMaker>>>> = {
  "1.6": ocpp16 as unknown as Record<string, AnyMaker>,
  "2.0.1": ocpp201 as unknown as Record<string, AnyMaker>,
  "2.1": ocpp21 as unknown as Record<string, AnyMaker>,
};

const make = ({ version, action, role }: MessageCase, payload: unknown): Made<unknown> => {
  const maker = makers[version][action];
  const made = role === "request" ? maker?.req(payload) : maker?.conf?.(payload);
  if (made === undefined) throw new Error(`no maker for the ${role} of ${action}`);
  return made;
};

const errorsOf = (made: Made<unknown>): readonly MessageError[] => (made.ok ? [] : made.errors);
const told = (made: Made<unknown>): string[] =>
  errorsOf(made).map(({ kind, code, pointer }) => `${kind} ${code} ${pointer}`);

const isFrozen = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozen));

const someOf = <T>(all: readonly T[], most: number): readonly T[] =>
  all.filter((_, i) => i % Math.ceil(all.length / most) === 0);

describe.each(ocppVersions)("the makers of OCPP %s", (version) => {
  const cases = messageCases.filter((one) => one.version === version);

  test("are those of all its actions, each under its name", () => {
    expect(Object.keys(makers[version]).sort()).toEqual([...actionsOf(version)].sort());
    for (const [name, maker] of Object.entries(makers[version])) {
      expect([maker.version, maker.action]).toEqual([version, name]);
    }
  });

  test("make a frozen copy of whatever the schema allows", () => {
    for (const one of cases) {
      const property = fc.property(fromSchema(one.schema, version === "1.6"), (payload) => {
        const before = JSON.stringify(payload);
        const made = make(one, payload);
        expect(made).toEqual({ ok: true, payload });
        expect(made.ok && isFrozen(made.payload)).toBe(true);
        expect(Object.isFrozen(payload)).toBe(false);
        expect(JSON.stringify(payload)).toBe(before);
      });
      fc.assert(property, { numRuns: 3 });
    }
  });

  test("refuse every step out of the schema, with its pointer", () => {
    for (const one of cases) {
      const [payload] = fc.sample(fromSchema(one.schema, version === "1.6", true), { numRuns: 1, seed: 11 });
      // Smells are taken: another zone than UTC is one.
      const mutations = mutationsOf(one.schema, payload ?? {}, "").filter(
        ({ code }) => code !== "time-not-utc",
      );
      for (const mutation of someOf(mutations, 15)) {
        const kind = ["missing-member", "too-few"].includes(mutation.code) ? "empty" : "invalid";
        expect(told(make(one, mutation.payload))).toEqual([`${kind} ${mutation.code} ${mutation.pointer}`]);
      }
    }
  });
});

describe("a maker", () => {
  test("collects all errors, in one of two kinds", () => {
    const input = { connectorId: 1.5, errorCode: "Nope", vendorId: 7 };
    expect(told(ocpp16.StatusNotification.req(input as never))).toEqual([
      "empty missing-member /status",
      "invalid not-an-integer /connectorId",
      "invalid unknown-value /errorCode",
      "invalid wrong-type /vendorId",
    ]);
    expect(told(ocpp16.Authorize.req({ idTag: "" }))).toEqual(["empty empty-text /idTag"]);
  });

  test("tells an absent member from an empty one", () => {
    expect(ocpp16.GetConfiguration.req({})).toEqual({ ok: true, payload: {} });
    expect(ocpp16.GetConfiguration.req({ key: [] })).toEqual({ ok: true, payload: { key: [] } });
    const made = ocpp16.GetConfiguration.req({ key: undefined } as never);
    expect(made.ok && Object.keys(made.payload)).toEqual([]);
  });

  test("has types that know what is due, what may be said and what not", () => {
    // @ts-expect-error: a tag is due
    expect(ocpp16.Authorize.req({}).ok).toBe(false);
    // @ts-expect-error: there is no such type of reset
    expect(ocpp16.Reset.req({ type: "Gentle" }).ok).toBe(false);
    // @ts-expect-error: an answer to Authorize has no status of its own
    expect(ocpp16.Authorize.conf({ idTagInfo: { status: "Accepted" }, status: "Accepted" }).ok).toBe(false);
    const idToken = { idToken: "A", type: "Central", customData: { vendorId: "v", more: [1] } } as const;
    expect(ocpp201.Authorize.req({ idToken }).ok).toBe(true);
    // @ts-expect-error: what is only sent has no answer to make
    expect(ocpp21.NotifyPeriodicEventStream.conf).toBeUndefined();
  });

  test("shares nothing with what it was given", () => {
    const idTagInfo: { status: "Accepted" | "Blocked" } = { status: "Accepted" };
    const made = ocpp16.Authorize.conf({ idTagInfo });
    idTagInfo.status = "Blocked";
    expect(made).toEqual({ ok: true, payload: { idTagInfo: { status: "Accepted" } } });
  });

  test.each<[string, unknown]>([
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
    ["a big integer", 1n],
    ["no number", Number.NaN],
    ["an infinite number", Number.POSITIVE_INFINITY],
  ])("refuses %s for data", (_, idTag) => {
    expect(told(ocpp16.Authorize.req({ idTag } as never))).toEqual(["invalid wrong-type /idTag"]);
  });

  test("refuses a circle", () => {
    const circle: Record<string, unknown> = { vendorId: "v" };
    circle.data = circle;
    expect(ocpp201.DataTransfer.req(circle as never).ok).toBe(false);
  });

  test("refuses what is no object at all", () => {
    for (const input of [undefined, null, 7, "text", []])
      expect(ocpp16.Heartbeat.req(input as never).ok).toBe(false);
  });

  test("keeps a name of the prototype as a member", () => {
    const input = JSON.parse('{"vendorId":"v","data":{"__proto__":1}}') as Json;
    const made = ocpp201.DataTransfer.req(input as never);
    expect(made.ok && JSON.stringify(made.payload)).toBe(JSON.stringify(input));
  });

  test("holds to what strict peers take where that is asked for", () => {
    const start = { connectorId: 1, idTag: "A", meterStart: 70_000, timestamp: "2024-01-01T01:00:00+01:00" };
    expect(ocpp16.StartTransaction.req(start).ok).toBe(true);
    expect(told(ocpp16.StartTransaction.req(start, "strict"))).toEqual([
      "invalid integer-not-16-bit /meterStart",
      "invalid time-not-utc /timestamp",
    ]);
  });
});
