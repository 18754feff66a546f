// Where issues stand: the span of each, replaced by something legal, takes exactly that issue away.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import type { JsonSchema } from "../../../src/ocpp/schema/schemas.js";
import { type MessageIssue, validate } from "../../../src/ocpp/validation/validate.js";
import { type Profile, profiles } from "../../../src/ocpp/validation/validation-rules.js";
import { type OcppVersion, ocppVersions } from "../../../src/ocpp/version.js";
import { fromSchema, type Json, type Mutation, mutationsOf } from "../../support/schema/from-schema.js";
import { baseOf, expectCaught, frameOf, messageCases } from "../../support/schema/message-cases.js";
import { replaceBytes } from "../../support/schema/replace-bytes.js";

const codes = (issues: readonly MessageIssue[]): string[] => issues.map(({ code }) => code);

/** At most this many of them, evenly taken: the others are for test/long. */
const someOf = <T>(all: readonly T[], most: number): readonly T[] =>
  all.filter((_, i) => i % Math.ceil(all.length / most) === 0);

const pickOf = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

const isWithin = (pointer: string, outer: string): boolean =>
  pointer === outer || pointer.startsWith(`${outer}/`);

/** Whether fixing the one leaves the other as it is: an object that lacks a member is replaced as a whole. */
const areApart = (first: Mutation, second: Mutation): boolean => {
  const { code, pointer } = first;
  const outer = code === "missing-member" ? pointer.slice(0, pointer.lastIndexOf("/")) : pointer;
  return !isWithin(second.pointer, outer) && !isWithin(pointer, second.pointer);
};

describe.each(ocppVersions)("of OCPP %s", (version) => {
  const cases = messageCases.filter((one) => one.version === version);
  const isAscii = version === "1.6";

  test("every message made after its schema has no issue", () => {
    for (const one of cases) {
      const property = fc.property(fromSchema(one.schema, isAscii), (payload) => {
        expect(validate(frameOf(one, payload), version, "spec", { action: one.action })).toEqual([]);
      });
      fc.assert(property, { numRuns: 5 });
    }
  });

  test("every single violation of a schema is found with its code and pointer, and fixed by replacing its bytes", () => {
    for (const one of cases) {
      const [payload] = fc.sample(fromSchema(one.schema, isAscii, true), { numRuns: 1, seed: 7 });
      const mutations = mutationsOf(one.schema, payload ?? {}, baseOf(one));
      for (const mutation of someOf(mutations, 30)) expectCaught(one, mutation);
    }
  });

  test("in any spelling of the text, one step out is found where it stands", () => {
    const property = fc.property(
      fc
        .constantFrom(...cases)
        .chain((one) => fc.tuple(fc.constant(one), fromSchema(one.schema, isAscii), fc.nat(), fc.nat(3))),
      ([one, payload, pick, indent]) => {
        const mutations = mutationsOf(one.schema, payload, baseOf(one));
        const mutation = mutations[pick % mutations.length];
        fc.pre(mutation !== undefined);
        if (mutation !== undefined) expectCaught(one, mutation, indent);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test("of two violations of a schema, each is fixed by replacing its bytes, and the other stays", () => {
    const property = fc.property(
      fc
        .constantFrom(...cases)
        .chain((one) => fc.tuple(fc.constant(one), fromSchema(one.schema, isAscii), fc.nat(), fc.nat())),
      ([one, payload, pick, pickOther]) => {
        const first = pickOf(mutationsOf(one.schema, payload, baseOf(one)), pick);
        fc.pre(first !== undefined);
        if (first === undefined) return;
        const apart = mutationsOf(one.schema, first.payload, baseOf(one)).filter((other) =>
          areApart(first, other),
        );
        const second = pickOf(apart, pickOther);
        fc.pre(second !== undefined);
        if (second === undefined) return;
        const text = frameOf(one, second.payload);
        const context = { action: one.action };
        const issues = validate(text, version, "spec", context);
        expect(issues.map(({ pointer }) => pointer).sort(), text).toEqual(
          [first.pointer, second.pointer].sort(),
        );
        for (const issue of issues) {
          const { legal } = issue.pointer === first.pointer ? first : second;
          const rest = validate(replaceBytes(text, issue, legal), version, "spec", context);
          const other = issue.pointer === first.pointer ? second : first;
          expect(rest.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
            `${other.code} ${other.pointer}`,
          ]);
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test("every value of every enumeration is taken", () => {
    for (const one of cases) {
      const [payload] = fc.sample(fromSchema(one.schema, isAscii, true), { numRuns: 1, seed: 3 });
      for (const variant of enumVariants(one.schema, payload ?? {})) {
        const text = frameOf(one, variant);
        expect(validate(text, version, "spec", { action: one.action }), text).toEqual([]);
      }
    }
  });
});

/** The payload once for every value of every enumeration that it holds. */
function enumVariants(schema: JsonSchema, payload: Json): Json[] {
  return mutationsOf(schema, payload, "")
    .filter(({ code }) => code === "unknown-value")
    .flatMap(({ payload: mutated, pointer }) => {
      const words = allowedAt(schema, pointer);
      return words.map((word) =>
        JSON.parse(JSON.stringify(mutated).replace('"no-such-value"', JSON.stringify(word))),
      );
    });
}

function allowedAt(schema: JsonSchema, pointer: string): readonly string[] {
  let part = schema;
  for (const step of pointer.split("/").slice(1)) {
    const next = part.items ?? part.properties?.[step] ?? {};
    const name = next.$ref?.split("/").at(-1);
    part = name === undefined ? next : (schema.definitions?.[name] ?? {});
  }
  return part.enum ?? [];
}

interface QuirkFrame {
  readonly id: string;
  readonly ocpp: OcppVersion;
  readonly raw: string;
}

/** What the frames that re-create known misbehaviour are found to be; of those not named: nothing. */
const verdicts: Readonly<Record<string, string>> = {
  "nul-in-string": "defect json-control-character /2/configurationKey/0/value",
  "leading-comma-array": "defect json-comma /3/meterValue/0/sampledValue/0",
  "missing-closing-bracket": "defect json-cut-off /2/configurationKey",
  "object-instead-of-array": "defect wrong-type /3/meterValue",
  "number-instead-of-string": "smell wrong-type /2/configurationKey/0/value",
  "unknown-enum-errorcode": "smell unknown-value /3/errorCode",
  "unknown-unit-hz": "smell unknown-value /3/meterValue/0/sampledValue/0/unit",
  "cistring-too-long-serial": "smell too-long /3/chargePointSerialNumber",
  "empty-required-string": "smell empty-text /3/chargePointVendor",
  "txid-max-int64": "smell number-too-large /3/transactionId",
  "payload-missing-brace": "defect json-broken /4",
  "time-without-zone": "smell time-without-zone /3/timestamp",
  "zero-date": "defect time-malformed /3/meterValue/0/timestamp",
  "csms-field-name-ocpp15": "defect missing-member /2/interval, smell unknown-member /2/heartbeatInterval",
  "callerror-details-string": "smell error-details /4",
  "callerror-new-spelling": "smell error-code-spelling /2",
  "empty-sampledvalue": "smell too-few /3/meterValue/0/sampledValue",
  "config-value-too-long": "smell too-long /2/configurationKey/0/value",
  "idtag-echo-longer": "defect too-long /3/idTag",
  "empty-idtag-zero-reservation": "smell empty-text /3/idTag",
  "extra-and-renamed-fields": "smell unknown-member /3/connectorId, smell unknown-member /3/disconnectReason",
  "message-type-1": "defect message-type /0",
  "long-config-key": "smell too-long /3/key/0",
  "v201-boot-time-no-zone": "smell time-without-zone /2/currentTime",
};

const isBootAnswer = /"interval"|heartbeatInterval/;

test("known misbehaviour gets the verdict it deserves in the profile field", () => {
  const samples = readFileSync(new URL("../../samples/quirk-frames.ndjson", import.meta.url), "utf8").trim();
  const frames = samples.split("\n").map((line) => JSON.parse(line) as QuirkFrame);
  const told = frames.flatMap(({ id, ocpp, raw }) => {
    const action = isBootAnswer.test(raw) ? "BootNotification" : "GetConfiguration";
    const isAnswered = raw.includes("configurationKey") || isBootAnswer.test(raw);
    const issues = validate(raw, ocpp, "field", isAnswered ? { action } : {});
    const said = issues.map((issue) => `${issue.class} ${issue.code} ${issue.pointer}`).join(", ");
    return said === "" ? [] : [[id, said]];
  });
  expect(Object.fromEntries(told)).toEqual(verdicts);
});

describe("validate", () => {
  test("says that a side calls what only the other may call, where it knows the direction", () => {
    const text = '[2,"1","Reset",{"type":"Hard"}]';
    expect(validate(text, "1.6")).toEqual([]);
    expect(validate(text, "1.6", "field", { direction: "csms-to-cp" })).toEqual([]);
    expect(codes(validate(text, "1.6", "field", { direction: "cp-to-csms" }))).toEqual(["wrong-caller"]);
  });

  test("judges the payload of an answer only where it knows the action", () => {
    const text = '[3,"1",{"currentTime":"never"}]';
    expect(validate(text, "1.6")).toEqual([]);
    expect(codes(validate(text, "1.6", "field", { action: "Heartbeat" }))).toEqual(["time-malformed"]);
  });

  test("concludes nothing from what a broken text does not say", () => {
    expect(codes(validate('[2,"1","BootNotification",{"chargePointModel":"m"', "1.6"))).toEqual([
      "json-cut-off",
    ]);
    expect(codes(validate('[2,"1","UnlockConnector",{"connectorId":}]', "1.6"))).toEqual([
      "json-value-missing",
    ]);
  });

  test("tells all issues of a message, in their order", () => {
    const text = '[2,"1","StatusNotification",{"connectorId":"1","status":"Foo","x":1}] trailing';
    expect(validate(text, "1.6").map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "missing-member /3/errorCode",
      "wrong-type /3/connectorId",
      "unknown-value /3/status",
      "unknown-member /3/x",
      "json-trailing ",
    ]);
  });

  test("leaves the payload of a signed message of 2.x alone", () => {
    const text = '[2,"1","TransactionEvent-Signed",{"payload":"e30","signatures":[]}]';
    expect(validate(text, "2.0.1")).toEqual([]);
  });

  const verdictOf = (text: string, profile: Profile): string =>
    validate(text, "1.6", profile)
      .map((issue) => `${issue.class} ${issue.code}`)
      .join();

  test.each([
    ['{"unit":"Hz","value":"50"}', "smell unknown-value", "defect unknown-value", "defect unknown-value"],
    ['{"unit":"Celcius","value":"50"}', "", "", ""],
    ['{"value":""}', "smell empty-text", "", "defect empty-text"],
    ['{"value":50}', "smell wrong-type", "defect wrong-type", "defect wrong-type"],
    [`{"value":"${"x".repeat(501)}"}`, "", "", "defect too-long"],
  ])("judges the reading %s by the profile", (reading, field, spec, strict) => {
    const time = '"timestamp":"2024-01-01T00:00:00Z"';
    const text = `[2,"1","MeterValues",{"connectorId":1,"meterValue":[{${time},"sampledValue":[${reading}]}]}]`;
    expect([verdictOf(text, "field"), verdictOf(text, "spec"), verdictOf(text, "strict")]).toEqual([
      field,
      spec,
      strict,
    ]);
  });

  test.each([
    ["2024-01-01T00:00:00Z", "", "", ""],
    ["2024-01-01T00:00:00+00:00", "", "", ""],
    ["2024-01-01T00:00:00+01:00", "", "smell time-not-utc", "defect time-not-utc"],
    [
      "2024-01-01T00:00:00",
      "smell time-without-zone",
      "defect time-without-zone",
      "defect time-without-zone",
    ],
    ["2024-01-01T00:00:00+03", "smell time-short-zone", "defect time-short-zone", "defect time-short-zone"],
    ["yesterday", "defect time-malformed", "defect time-malformed", "defect time-malformed"],
  ])("judges the time %s by the profile", (time, field, spec, strict) => {
    const text = `[2,"1","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":"${time}"}]`;
    expect([verdictOf(text, "field"), verdictOf(text, "spec"), verdictOf(text, "strict")]).toEqual([
      field,
      spec,
      strict,
    ]);
  });

  test("takes meter registers and transaction ids beyond 16 bits but in the profile strict", () => {
    const text =
      '[2,"1","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":70000,"timestamp":"2024-01-01T00:00:00Z"}]';
    expect([verdictOf(text, "field"), verdictOf(text, "spec")]).toEqual(["", ""]);
    expect(verdictOf(text, "strict")).toBe("defect integer-not-16-bit");
  });

  test("names members of the prototype as any others", () => {
    const text = '[2,"1","Heartbeat",{"__proto__":{"a":1},"constructor":1,"toString":2}]';
    expect(codes(validate(text, "1.6", "spec"))).toEqual([
      "unknown-member",
      "unknown-member",
      "unknown-member",
    ]);
    const bare = '[2,"1","BootNotification",{"__proto__":{"chargePointVendor":"v","chargePointModel":"m"}}]';
    expect(codes(validate(bare, "1.6", "spec"))).toEqual([
      "missing-member",
      "missing-member",
      "unknown-member",
    ]);
  });

  test("puts bounds to what it tells of hostile texts, and never fails", () => {
    const long = 1_500_000;
    const list = (item: string): string =>
      `[2,"1","SendLocalList",{"listVersion":1,"updateType":"Full","localAuthorizationList":[${item
        .repeat(Math.floor(long / item.length))
        .slice(0, -1)}]}]`;
    const hostile: readonly (readonly [string, readonly string[]])[] = [
      ["[".repeat(long), ["json-too-deep", "json-cut-off"]],
      [`[2,"1","Heartbeat",${'{"a":'.repeat(long / 5)}`, ["json-too-deep", "json-cut-off"]],
      ["]".repeat(long), ["json-broken"]],
      [",".repeat(long), ["json-broken"]],
      [`[${",".repeat(long)}`, ["json-comma", "json-cut-off"]],
      ['"\\\\'.repeat(long / 3), ["json-trailing", "no-array"]],
      [`[2,"1","DataTransfer",{"vendorId":"v","data":"${"\\n".repeat(long / 2)}"}]`, []],
      [`[2,"1","DataTransfer",{"vendorId":"v","data":"${"\\ud800".repeat(long / 6)}"}]`, ["lone-surrogate"]],
      [`[2,"1","DataTransfer",{"vendorId":"v","data":"${"é".repeat(long / 2)}"}]`, []],
      [`[2,"1","CancelReservation",{"reservationId":${"9".repeat(long)}}]`, ["number-too-large"]],
      [list("1,"), ["wrong-type"]],
      [list('{"x":1},'), ["unknown-member", "missing-member"]],
      [list('{"idTag":"A"},'), []],
      [`[2,"1","Heartbeat",{${'"a":1,'.repeat(long / 6)}"b":2}]`, ["duplicate-member", "too-many-issues"]],
      [`[2,"${"x".repeat(long)}","Heartbeat",{}]`, ["message-id-length"]],
    ];
    for (const [text, expected] of hostile) {
      const seen = codes(validate(text, "1.6"));
      expect(seen.length).toBeLessThanOrEqual(10_001);
      for (const code of expected) expect(seen, text.slice(0, 60)).toContain(code);
      if (expected.length === 0) expect(seen).toEqual([]);
    }
  }, 120_000);

  test("reads a message of 10 MB, whether it is right or wrong", () => {
    const data = (text: string): string => `[2,"1","DataTransfer",{"vendorId":"v","data":"${text}"}]`;
    expect(validate(data("é".repeat(5_000_000)), "1.6")).toEqual([]);
    expect(codes(validate("[".repeat(10_000_000), "1.6"))).toContain("json-too-deep");
    const [issue] = validate(`${data("é".repeat(5_000_000))}x`, "1.6");
    expect(issue?.offset).toBe(utf8(data("")).length + 10_000_000);
  });

  test("finds something to say or nothing of any text, in any version and profile, in the order of its places", () => {
    const pieces = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"',
      "\\",
      "2",
      '"a"',
      "null",
      "\ud800",
      "\uFEFF",
      " ",
      "é",
      "-1e9",
      "\u0000",
      '"Heartbeat"',
      "Heartbeat",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join("")),
    );
    const property = fc.property(
      texts,
      fc.constantFrom(...ocppVersions),
      fc.constantFrom(...profiles),
      (text, version, profile) => {
        const issues = validate(text, version, profile, { action: "Heartbeat" });
        const size = utf8(text).length;
        for (const { offset, length } of issues)
          expect(offset >= 0 && length >= 0 && offset + length <= size).toBe(true);
        expect(issues.map(({ offset }) => offset)).toEqual(
          issues.map(({ offset }) => offset).sort((a, b) => a - b),
        );
        const isJson = parses(text);
        const isBroken = codes(issues).some(
          (code) => code.startsWith("json-") || code === "not-json" || code === "byte-order-mark",
        );
        if (!text.includes("\uFEFF")) expect(isBroken).toBe(!isJson);
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });
});

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
