// Versions and their subprotocols, and what the row of a version must bring.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answersOf } from "../../src/csms/payloads.js";
import { actionsOf, callerOf, versionByAction } from "../../src/ocpp/catalogue.js";
import { errorCodesOf } from "../../src/ocpp/envelope/error-codes.js";
import { messageTypeOf } from "../../src/ocpp/envelope/message-type.js";
import { schemaOf } from "../../src/ocpp/schema/schemas.js";
import {
  assumed2x,
  assumedVersion,
  familyOf,
  ocppVersions,
  subprotocolOf,
  versionOf,
  versionTable,
} from "../../src/ocpp/version.js";
import { schemaActions } from "../support/schema/oca-schemas.js";

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe.each(ocppVersions)("the row of OCPP %s brings", (version) => {
  const row = versionTable[version];
  /** Actions that are sent without an answer. */
  const sent = actionsOf(version).filter((action) => schemaOf(version, action, "response") === undefined);

  test("a subprotocol of its own, which is read in upper and lower case, and its aliases", () => {
    const others = ocppVersions.filter((other) => other !== version);
    expect(others.map(subprotocolOf)).not.toContain(row.subprotocol);
    for (const word of [row.subprotocol, row.subprotocol.toUpperCase(), version, ...row.aliases])
      expect(versionOf(word)).toBe(version);
  });

  test("a family, whose error codes its CALLERRORs use", () => {
    expect(["1.6", "2.x"]).toContain(row.family);
    expect(errorCodesOf(version)).toContain("NotImplemented");
  });

  test("its message types, SEND among them if it has actions without an answer", () => {
    const types = row.messageTypes.map(messageTypeOf);
    expect(types).toEqual(expect.arrayContaining(["CALL", "CALLRESULT", "CALLERROR"]));
    expect(types).not.toContain(undefined);
    expect(types.includes("SEND")).toBe(sent.length > 0);
  });

  test("its actions, and a schema for each", () => {
    expect([...actionsOf(version)].sort()).toEqual(schemaActions(version));
    for (const action of actionsOf(version)) expect(schemaOf(version, action, "request")).toBeDefined();
  });

  test("the length limit of a root certificate, as its schema has it", () => {
    const { properties } = schemaOf(version, "InstallCertificate", "request") ?? {};
    // The whitepaper's schema has the limit of 1.6.
    expect(properties?.certificate?.maxLength).toBe(row.rootLength);
  });

  test("an answer of the embedded CSMS to every CALL of a charger", () => {
    const calls = actionsOf(version).filter((action) => callerOf(version, action) !== "csms");
    expect([...answersOf(version).keys()].sort()).toEqual(calls.filter((action) => !sent.includes(action)));
  });

  test("generated types, which the package exports under the name of the subprotocol", () => {
    const name = `ocpp${version.replaceAll(".", "")}`;
    expect(existsSync(new URL(`../../src/ocpp/messages/${name}.ts`, import.meta.url))).toBe(true);
    const { exports } = JSON.parse(textOf("package.json")) as {
      exports: Record<string, { default: string }>;
    };
    expect(exports[`./${row.subprotocol}`]?.default).toBe(`./dist/ocpp/messages/${name}.js`);
  });

  test("its name in the reference of typed messages", () => {
    expect(textOf("docs/reference/messages.md")).toContain(`ocpp-vcr/${row.subprotocol}`);
  });
});

test("the withdrawn 2.0 is read as 2.0.1", () => {
  expect(versionOf("ocpp2.0")).toBe("2.0.1");
});

test.each([null, undefined, "", "ocpp", "ocpp1.5", "ocpp1.2", "ocpp1.6j", "mqtt", "ocpp2"])(
  "%j names no version",
  (word) => {
    expect(versionOf(word)).toBeUndefined();
  },
);

test("what is assumed where a version is unknown belongs to the family that is known", () => {
  expect([familyOf(assumedVersion), familyOf(assumed2x)]).toEqual(["1.6", "2.x"]);
  expect(["StartTransaction", "TransactionEvent", "Heartbeat", "Unknown"].map(versionByAction)).toEqual([
    assumedVersion,
    assumed2x,
    undefined,
    undefined,
  ]);
});

test("no other file of src/ lists versions", () => {
  const files = readdirSync(new URL("../../src", import.meta.url), { recursive: true, encoding: "utf8" });
  const mayList = /^ocpp[\\/](?:version|schema[\\/]schemas|messages[\\/]ocpp\d+)\.ts$/;
  const listing = files.filter(
    (path) =>
      path.endsWith(".ts") &&
      !mayList.test(path) &&
      /"2\.0\.1"|"2\.1"|"ocpp2|"ocpp1\.6"/.test(textOf(`src/${path}`)),
  );
  expect(listing).toEqual([]);
});
