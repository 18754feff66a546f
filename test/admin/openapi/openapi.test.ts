// The OpenAPI document against a running server: every operation answers with the status, type and shape that the document
// describes.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { openApiOf } from "../../../src/admin/openapi/openapi.js";
import { allRoutes } from "../../../src/admin/routes/all-routes.js";
import { beat, beatAnswer, down, gets, up } from "../../support/worlds/admin-talk.js";
import { type AdminWorld, startAdminWorld } from "../../support/worlds/admin-world.js";

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

const methods = ["get", "post", "put", "patch", "delete"];
const document = openApiOf(allRoutes, "test") as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => methods.includes(method))
    .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** The errors of a value against a schema of the document; empty if it is valid. */
const errorsOf = (schema: object, value: unknown): string => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(document, "document");
  const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
  return ajv.validate(whole, value) ? "" : ajv.errorsText();
};

/** A query or body for operations that need one. */
const requests: Readonly<Record<string, { readonly query?: string; readonly body?: unknown }>> = {
  waitForMessages: { query: "?since=0&count=1" },
  inject: { body: { direction: "csms-to-cp", text: '[2,"i","ClearCache",{}]' } },
  addRules: { body: { id: "added", then: [{ drop: {} }] } },
  replaceRules: {
    body: { version: 1, rules: [{ id: "one", when: { action: "A", type: "CALL" }, then: [{ drop: {} }] }] },
  },
  armRule: { body: { ttl: "5m" } },
  armRules: { body: { ids: ["one"], ttl: "5m" } },
  patchRule: { body: { armed: true } },
  mark: { body: { text: "here" } },
  closeConnection: { body: { code: 1000 } },
};

/** Operations that remove something come last. */
const order = (id: string): number => (/^delete/.test(id) ? 2 : /^(close|reset)Connection/.test(id) ? 1 : 0);

const prepared = async (): Promise<AdminWorld> => {
  const world = await startAdminWorld();
  const { charger, csms } = await world.connect("/ocpp/CP1");
  charger.send(up(beat("1")));
  await gets(csms, 1);
  csms.send(down(beatAnswer("1")));
  await gets(charger, 1);
  await world.ask("POST", "/v1/rules", {
    version: 1,
    rules: [{ id: "one", when: { action: "Heartbeat", type: "SEND" }, then: [{ drop: {} }] }],
  });
  return world;
};

describe("the OpenAPI document", () => {
  test("every operation answers with the status, type and shape of the OpenAPI document", async () => {
    const world = await prepared();
    const ids = new Set<string>();
    const inOrder = [...operations].sort(
      (a, b) => order(a.operation.operationId) - order(b.operation.operationId),
    );
    for (const { path, method, operation } of inOrder) {
      const { operationId, responses, requestBody } = operation;
      ids.add(operationId);
      if (operationId === "events") continue;
      if (operationId === "resetConnection") await world.connect("/ocpp/CP2");
      const id = path.includes("/rules/") ? "one" : operationId === "resetConnection" ? "2" : "1";
      const { query = "", body } = requests[operationId] ?? {};
      const sent = body ?? (requestBody === undefined ? undefined : {});
      const schema = requestBody?.content["application/json"]?.schema;
      if (schema !== undefined) expect([operationId, errorsOf(schema, sent)]).toEqual([operationId, ""]);
      const answered = await world.ask(method, `${path.replace("{id}", id)}${query}`, sent);
      const [status = ""] = Object.keys(responses).filter((code) => code.startsWith("2"));
      expect([operationId, `${answered.status}`]).toEqual([operationId, status]);
      const [type = "", { schema: shape = {} } = {}] =
        Object.entries(responses[status]?.content ?? {})[0] ?? [];
      expect([operationId, answered.headers.get("content-type")?.split(";")[0]]).toEqual([operationId, type]);
      if (type === "application/json")
        expect([operationId, errorsOf(shape, answered.json)]).toEqual([operationId, ""]);
    }
    expect(ids.size).toBe(operations.length);
  });

  test("refusals, near misses and the answer of a wait whose time is over have the shapes of the OpenAPI document", async () => {
    const world = await prepared();
    const problem = { $ref: "#/components/schemas/Problem" };
    for (const [method, path, body] of [
      ["GET", "/v1/connections/9", undefined],
      ["POST", "/v1/rules", { version: 1, rules: [{ id: "x" }] }],
      ["GET", "/v1/messages?limit=x", undefined],
    ] as const) {
      const { status, json } = await world.ask(method, path, body);
      expect([path, status >= 400, errorsOf(problem, json)]).toEqual([path, true, ""]);
    }
    const waited = await world.ask("GET", "/v1/messages/wait?action=A&type=CALL&since=0&timeout=10ms");
    expect(errorsOf({ $ref: "#/components/schemas/TimedOut" }, waited.json)).toBe("");
    const near = await world.ask("GET", "/v1/near-misses");
    expect(near.json.nearMisses.length).toBeGreaterThan(0);
    expect(errorsOf({ $ref: "#/components/schemas/RuleNearMisses" }, near.json)).toBe("");
  });
});
