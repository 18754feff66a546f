// The OpenAPI document of the admin API: what it serves, in the words of the table of routes, and what the answers look
// like. A test walks it against a running listener, and the listener against it.

import { filterParameters } from "../live/message-filter.js";
import { schemas } from "./schemas.js";

type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (schema: Json): Json => ({ "application/json": { schema } });

const problem = (description: string): Json => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
});

const refusals: Readonly<Record<string, Json>> = {
  "400": problem("Something of the request cannot be read."),
  "401": problem("The token is missing or wrong."),
  "403": problem("A foreign Host or Origin."),
};
const notFound: Readonly<Record<string, Json>> = { "404": problem("There is no such thing.") };
const wrongType: Readonly<Record<string, Json>> = { "415": problem("The body is of another type.") };

const parameter = (name: string, description: string, schema: Json = { type: "string" }): Json => ({
  name,
  in: "query",
  description,
  schema,
});

const idPlace: Json = { name: "id", in: "path", required: true, schema: { type: "string" } };

interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly status?: string;
  readonly answer: Json;
  readonly parameters?: readonly Json[];
  readonly body?: Json;
  readonly more?: Readonly<Record<string, Json>>;
}

const operation = ({ id, summary, status = "200", answer, parameters, body, more }: Operation): Json => ({
  operationId: id,
  summary,
  ...(parameters === undefined ? {} : { parameters }),
  ...(body === undefined ? {} : { requestBody: { content: body } }),
  responses: {
    [status]: { description: summary, content: answer },
    ...refusals,
    ...(body === undefined ? {} : wrongType),
    ...more,
  },
});

const rulesBody: Json = {
  ...jsonOf({ oneOf: [ref("RuleFile"), ref("Rule")] }),
  "application/yaml": { schema: { type: "string" } },
};
const wrongRules: Readonly<Record<string, Json>> = { "422": problem("The rules have errors; all are told.") };
const needsTtl: Readonly<Record<string, Json>> = {
  "409": problem("A ttl is needed, or the connection closes."),
};

const filters: readonly Json[] = [
  ...filterParameters.map((name) => parameter(name, filterWords(name))),
  parameter("since", "Messages after this number.", { type: "integer", minimum: 0 }),
];

function filterWords(name: string): string {
  const words: Readonly<Record<string, string>> = {
    direction: "cp-to-csms or csms-to-cp.",
    type: "CALL, CALLRESULT, CALLERROR, CALLRESULTERROR, SEND or unreadable.",
    action: "A glob; of an answer, the action of its CALL.",
    identity: "Exactly this charge point.",
    identityLike: "A glob over charge points.",
    connection: "A connection's id.",
    id: "A message's id.",
    text: "A part of the message's text.",
  };
  return words[name] ?? name;
}

const connectionAct = (id: string, summary: string, body: string): Json => ({
  parameters: [idPlace],
  post: operation({
    id,
    summary,
    status: "202",
    answer: jsonOf(ref("Accepted")),
    body: jsonOf(ref(body)),
    more: { ...notFound, "409": problem("The connection is closing.") },
  }),
});

const connectionPaths: Json = {
  "/v1/connections": {
    get: operation({
      id: "listConnections",
      summary: "Connections that are open",
      answer: jsonOf(ref("Connections")),
      parameters: [parameter("identity", "Exactly this charge point.")],
    }),
  },
  "/v1/connections/{id}": {
    parameters: [idPlace],
    get: operation({
      id: "getConnection",
      summary: "One connection with its open CALLs and its TLS",
      answer: jsonOf(ref("ConnectionDetail")),
      more: notFound,
    }),
  },
  "/v1/connections/{id}/close": connectionAct("closeConnection", "Closes both sides", "Close"),
  "/v1/connections/{id}/reset": connectionAct("resetConnection", "Resets both sides", "Nothing"),
  "/v1/connections/{id}/pause": connectionAct("pauseConnection", "Reads from neither side", "Nothing"),
  "/v1/connections/{id}/resume": connectionAct("resumeConnection", "Reads from both sides again", "Nothing"),
  "/v1/connections/{id}/release": connectionAct(
    "releaseConnection",
    "Lets go what rules hold until a command",
    "Nothing",
  ),
  "/v1/connections/{id}/inject": connectionAct("inject", "Says a message of our own", "Injection"),
};

const rulesAnswer = jsonOf(ref("Rules"));

const rulePaths: Json = {
  "/v1/rules": {
    get: operation({ id: "listRules", summary: "All rules, in their order", answer: rulesAnswer }),
    post: operation({
      id: "addRules",
      summary: "Adds rules, or puts them in the place of those with their ids; not armed",
      status: "201",
      answer: rulesAnswer,
      body: rulesBody,
      more: wrongRules,
    }),
    put: operation({
      id: "replaceRules",
      summary: "Puts these rules in place of all others; those that stay the same stay armed",
      answer: rulesAnswer,
      body: rulesBody,
      more: wrongRules,
    }),
  },
  "/v1/rules/arm": {
    post: operation({
      id: "armRules",
      summary: "Arms these rules, or all",
      answer: rulesAnswer,
      body: jsonOf(ref("ArmSome")),
      more: { ...notFound, ...needsTtl },
    }),
  },
  "/v1/rules/disarm": {
    post: operation({
      id: "disarmRules",
      summary: "Disarms these rules, or all",
      answer: rulesAnswer,
      body: jsonOf(ref("DisarmSome")),
      more: notFound,
    }),
  },
  "/v1/rules/{id}": {
    parameters: [idPlace],
    get: operation({ id: "getRule", summary: "One rule", answer: jsonOf(ref("ListedRule")), more: notFound }),
    patch: operation({
      id: "patchRule",
      summary: "Changes, arms or disarms a rule",
      answer: jsonOf(ref("ListedRule")),
      body: jsonOf(ref("RulePatch")),
      more: { ...notFound, ...wrongRules, ...needsTtl },
    }),
    delete: operation({
      id: "deleteRule",
      summary: "Takes a rule away; where there is none with this id, says so and does nothing",
      answer: jsonOf(ref("RuleRemoved")),
    }),
  },
  "/v1/rules/{id}/arm": {
    parameters: [idPlace],
    post: operation({
      id: "armRule",
      summary: "Arms a rule, for good or for a time",
      answer: rulesAnswer,
      body: jsonOf(ref("Arm")),
      more: { ...notFound, ...needsTtl },
    }),
  },
  "/v1/rules/{id}/disarm": {
    parameters: [idPlace],
    post: operation({
      id: "disarmRule",
      summary: "Disarms a rule",
      answer: rulesAnswer,
      body: jsonOf(ref("Nothing")),
      more: notFound,
    }),
  },
  "/v1/near-misses": {
    get: operation({
      id: "listNearMisses",
      summary: "Messages that fitted all conditions of a rule but one",
      answer: jsonOf(ref("RuleNearMisses")),
      parameters: [
        parameter("rule", "Of this rule alone."),
        parameter("limit", "The last so many.", { type: "integer", minimum: 1, maximum: 1000 }),
        parameter("since", "Messages after this number.", { type: "integer", minimum: 0 }),
      ],
      more: notFound,
    }),
  },
};

const recordingPaths: Json = {
  "/v1/recordings": {
    get: operation({
      id: "listRecordings",
      summary: "The cassettes of this run",
      answer: jsonOf(ref("Recordings")),
    }),
  },
  "/v1/recordings/start": {
    post: operation({
      id: "startRecording",
      summary: "Records again, one charge point or all",
      answer: jsonOf(ref("Recordings")),
      body: jsonOf(ref("ForIdentity")),
      more: notFound,
    }),
  },
  "/v1/recordings/stop": {
    post: operation({
      id: "stopRecording",
      summary: "Leaves traffic out of the cassettes, of one charge point or of all; the cassettes say so",
      answer: jsonOf(ref("Recordings")),
      body: jsonOf(ref("ForIdentity")),
      more: notFound,
    }),
  },
  "/v1/recordings/marker": {
    post: operation({
      id: "mark",
      summary: "Puts a marker on one cassette or on all",
      answer: jsonOf(ref("Marked")),
      body: jsonOf(ref("Marker")),
      more: notFound,
    }),
  },
  "/v1/recordings/export": {
    get: operation({
      id: "exportRecordings",
      summary: "The cassettes so far, a line of JSON for every entry",
      answer: { "application/x-ndjson": { schema: { type: "string" } } },
      parameters: [parameter("identity", "Exactly this charge point.")],
      more: notFound,
    }),
  },
};

const messagePaths: Json = {
  "/v1/messages": {
    get: operation({
      id: "listMessages",
      summary: "The last messages that came in",
      answer: jsonOf(ref("Messages")),
      parameters: [
        ...filters,
        parameter("limit", "The last so many (100).", { type: "integer", minimum: 1, maximum: 10_000 }),
      ],
    }),
  },
  "/v1/messages/wait": {
    get: operation({
      id: "waitForMessages",
      summary: "Waits until so many messages have come",
      answer: jsonOf(ref("Waited")),
      parameters: [
        ...filters,
        parameter("count", "How many (1).", { type: "integer", minimum: 1, maximum: 10_000 }),
        parameter("timeout", "How long (30s).", { type: "string" }),
      ],
      more: {
        "408": {
          description: "Too few came in that time; nearMisses holds those that fail a single condition",
          content: jsonOf(ref("TimedOut")),
        },
      },
    }),
  },
};

const ownPaths: Json = {
  "/healthz": {
    get: {
      ...operation({ id: "health", summary: "Whether it lives", answer: jsonOf(ref("Health")) }),
      security: [],
    },
  },
  "/openapi.json": {
    get: operation({ id: "openapi", summary: "This document", answer: jsonOf({ type: "object" }) }),
  },
  "/metrics": {
    get: operation({
      id: "metrics",
      summary: "Numbers for Prometheus",
      answer: { "text/plain": { schema: { type: "string" } } },
    }),
  },
  "/v1/events": {
    get: operation({
      id: "events",
      summary: "Everything as it happens: Server-Sent Events, or the same lines on a WebSocket",
      answer: { "text/event-stream": { schema: { type: "string" } } },
      parameters: [
        parameter("identity", "Of this charge point alone."),
        parameter("kind", "Kinds of entries, with commas."),
      ],
      more: { "503": problem("Too many readers.") },
    }),
  },
  "/v1/reset": {
    post: operation({
      id: "reset",
      summary: "Everything off at once: no rule acts, nothing is paused",
      answer: jsonOf(ref("WasReset")),
      body: jsonOf(ref("Nothing")),
    }),
  },
};

/** The document. */
export function openApiOf(tool: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "ocpp-vcr admin API",
      version: "1",
      description: `What runs in ${tool}, and what can be done to it by hand.`,
    },
    security: [{ bearer: [] }],
    paths: { ...ownPaths, ...connectionPaths, ...rulePaths, ...recordingPaths, ...messagePaths },
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas,
    },
  };
}
