// What the answers and bodies of the admin API look like, as JSON Schema for its OpenAPI document. Answers are closed:
// what is not named here is not told.

type Json = Readonly<Record<string, unknown>>;

const text: Json = { type: "string" };
const textOrNull: Json = { type: ["string", "null"] };
const whole: Json = { type: "integer", minimum: 0 };
const numberOrNull: Json = { type: ["number", "null"] };
const flag: Json = { type: "boolean" };
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const list = (items: Json): Json => ({ type: "array", items });

/** An object whose members are all there, and no others. */
const exact = (properties: Readonly<Record<string, Json>>): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** An object whose members may be missing. */
const loose = (properties: Readonly<Record<string, Json>>, required: readonly string[] = []): Json => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const bothWays = (of: Json): Json => exact({ "cp-to-csms": of, "csms-to-cp": of });
const direction: Json = { type: "string", enum: ["cp-to-csms", "csms-to-cp"] };

const connection: Readonly<Record<string, Json>> = {
  id: text,
  identity: text,
  ordinal: whole,
  from: textOrNull,
  url: textOrNull,
  since: text,
  subprotocol: textOrNull,
  state: { type: "string", enum: ["open", "paused", "closing"] },
  frames: bothWays(whole),
  messages: bothWays(whole),
  faults: whole,
  openCalls: bothWays(whole),
};

const message: Json = exact({
  seq: whole,
  time: text,
  connection: text,
  identity: text,
  direction,
  type: text,
  id: textOrNull,
  action: textOrNull,
  latencyMs: numberOrNull,
  octets: whole,
  text: textOrNull,
  base64: textOrNull,
  rules: list(exact({ rule: text, fault: text, outcome: text })),
});

const nearMiss: Readonly<Record<string, Json>> = {
  condition: text,
  found: textOrNull,
  message: ref("Message"),
};
const ttl: Json = { type: "string", examples: ["5m"] };

/** All schemas, by name. */
export const schemas: Json = {
  Problem: {
    type: "object",
    properties: { code: text, message: text, mend: text },
    required: ["code", "message", "mend"],
  },
  Health: exact({ status: { const: "ok" } }),
  Nothing: loose({}),
  Accepted: exact({ id: text }),
  Connection: exact(connection),
  Connections: exact({ connections: list(ref("Connection")) }),
  ConnectionDetail: exact({
    ...connection,
    openCallsList: bothWays(list(exact({ id: text, action: text, ageMs: { type: "number" } }))),
    tls: { type: ["object", "null"] },
  }),
  Close: loose({ code: { type: "integer", minimum: 1000, maximum: 4999 }, reason: text }),
  Injection: loose({ direction, text, base64: text, when: { type: "string", enum: ["idle", "now"] } }, [
    "direction",
  ]),
  Rule: { type: "object", properties: { id: text }, required: ["id"] },
  RuleFile: {
    type: "object",
    properties: { version: { const: 1 }, rules: list(ref("Rule")) },
    required: ["version", "rules"],
  },
  ListedRule: exact({
    id: text,
    armed: flag,
    matched: whole,
    applied: whole,
    ttlMs: numberOrNull,
    explanation: text,
    warning: textOrNull,
  }),
  Rules: exact({ rules: list(ref("ListedRule")) }),
  RuleRemoved: exact({ removed: flag, rules: list(ref("ListedRule")) }),
  RulePatch: loose({ armed: flag, ttl, rule: ref("Rule") }),
  Arm: loose({ ttl }),
  ArmSome: loose({ ids: list(text), ttl }),
  DisarmSome: loose({ ids: list(text) }),
  RuleNearMisses: exact({ nearMisses: list(exact({ rule: text, ...nearMiss })) }),
  Recordings: exact({
    recordings: list(
      exact({
        identity: textOrNull,
        path: text,
        entries: whole,
        state: { type: "string", enum: ["recording", "stopped"] },
      }),
    ),
  }),
  ForIdentity: loose({ identity: text }),
  Marker: loose({ text, identity: text }, ["text"]),
  Marked: exact({ marked: whole }),
  Message: message,
  Messages: exact({ messages: list(ref("Message")), first: whole, last: whole }),
  Waited: exact({ messages: list(ref("Message")), seen: whole, last: whole }),
  TimedOut: exact({
    code: { const: "timeout" },
    message: text,
    mend: text,
    messages: list(ref("Message")),
    nearMisses: list(exact({ wanted: text, ...nearMiss })),
    seen: whole,
    last: whole,
  }),
  WasReset: exact({ disarmed: whole, resumed: whole }),
};
