// The answers of the admin API as a person reads them: a line for each connection, rule, message and cassette. What chargers
// supplied is printed so that a terminal obeys nothing of it.

import { printable } from "../../text/printable.js";

type Json = Readonly<Record<string, unknown>>;

const listOf = (value: unknown, name: string): readonly Json[] => {
  const list = (value as Json | null)?.[name];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
};

const said = (value: unknown, longest = 200): string =>
  value === null || value === undefined ? "-" : printable(String(value), longest);

const orNone = (lines: readonly string[], none: string): readonly string[] =>
  lines.length === 0 ? [none] : lines;

const both = (value: unknown): string => {
  const ways = (value ?? {}) as Json;
  return `${said(ways["cp-to-csms"])} up, ${said(ways["csms-to-cp"])} down`;
};

/** Connections, a line each. */
export function connectionLines(value: unknown): readonly string[] {
  const lines = listOf(value, "connections").map(
    (one) =>
      `${said(one.id)}  ${said(one.identity, 60)}  ${said(one.state)}  ${said(one.subprotocol, 40)}  from ${said(one.from)} since ${said(one.since)}  messages ${both(one.messages)}  faults ${said(one.faults)}`,
  );
  return orNone(lines, "no connection is open");
}

/** One connection: its line, the CALLs that wait for their answers, and its TLS. */
export function connectionDetail(value: unknown): readonly string[] {
  const { openCallsList, tls } = (value ?? {}) as Json;
  const calls = ["cp-to-csms", "csms-to-cp"].flatMap((direction) =>
    listOf(openCallsList, direction).map(
      (call) =>
        `  open ${direction} ${said(call.action, 60)} ${said(call.id, 60)} for ${said(call.ageMs)} ms`,
    ),
  );
  const legs = Object.entries((tls ?? {}) as Json)
    .filter(([, facts]) => facts !== null)
    .map(([leg, facts]) => `  TLS with the ${leg}: ${said(JSON.stringify(facts), 2000)}`);
  const secured = legs.length === 0 ? ["  no TLS"] : legs;
  return [...connectionLines({ connections: [value] }), ...calls, ...secured];
}

/** Rules, a line each, with their warnings. */
export function ruleLines(value: unknown): readonly string[] {
  const lines = listOf(value, "rules").flatMap((rule) => {
    const ttl = typeof rule.ttlMs === "number" ? ` for ${Math.ceil(rule.ttlMs / 1000)} s more` : "";
    const state = rule.armed === true ? `armed${ttl}` : "not armed";
    const warning = typeof rule.warning === "string" ? [`  warning: ${printable(rule.warning, 400)}`] : [];
    return [
      `${said(rule.id)}  ${state}  matched ${said(rule.matched)}, applied ${said(rule.applied)}  ${said(rule.explanation, 400)}`,
      ...warning,
    ];
  });
  return orNone(lines, "there are no rules");
}

/** Whether the rule was there to be taken away, and the rules that are left. */
export function removalLines(id: string, value: unknown): readonly string[] {
  const wasThere = (value as Json | null)?.removed === true;
  return [`${said(id)}  ${wasThere ? "taken away" : "was not there"}`, ...ruleLines(value)];
}

const messageLine = (message: Json): string => {
  const what = `${said(message.type)} ${said(message.action, 60)}`;
  const text = message.text === null ? `${said(message.bytes)} bytes` : said(message.text, 300);
  return `${said(message.seq)}  ${said(message.time)}  ${said(message.identity, 60)}  ${said(message.direction)}  ${what}  ${text}`;
};

/** Messages, a line each. */
export function messageLines(value: unknown): readonly string[] {
  return orNone(listOf(value, "messages").map(messageLine), "no message fits");
}

/** Messages that fail one condition, a line each. */
export function nearMissLines(value: unknown): readonly string[] {
  return listOf(value, "nearMisses").map((miss) => {
    const rule = miss.rule === undefined ? "" : `rule ${said(miss.rule)}: `;
    const wanted = miss.wanted === undefined ? "" : `, wanted ${said(miss.wanted, 80)}`;
    return `near miss: ${rule}${said(miss.condition, 80)} is ${said(miss.found, 80)}${wanted}  ${messageLine(miss.message as Json)}`;
  });
}

/** Cassettes, a line each. */
export function recordingLines(value: unknown): readonly string[] {
  const lines = listOf(value, "recordings").map(
    (one) =>
      `${said(one.identity, 60)}  ${said(one.state)}  ${said(one.entries)} entries  ${said(one.path, 400)}`,
  );
  return orNone(lines, "there is no cassette yet");
}
