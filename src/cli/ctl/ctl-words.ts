// The answers of the admin API as lines of text, one for each connection, rule, message and cassette. Texts that came from
// chargers are escaped, so that they cannot control the terminal.

import { printable } from "../../text/printable.js";

type Json = Readonly<Record<string, unknown>>;

const listOf = (value: unknown, name: string): readonly Json[] => {
  const list = (value as Json | null)?.[name];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
};

const shown = (value: unknown, longest = 200): string =>
  value === null || value === undefined ? "-" : printable(String(value), longest);

const orNone = (lines: readonly string[], none: string): readonly string[] =>
  lines.length === 0 ? [none] : lines;

const both = (value: unknown): string => {
  const counts = (value ?? {}) as Json;
  return `${shown(counts["cp-to-csms"])} up, ${shown(counts["csms-to-cp"])} down`;
};

/** One line for each connection. */
export function connectionLines(value: unknown): readonly string[] {
  const lines = listOf(value, "connections").map(
    (one) =>
      `${shown(one.id)}  ${shown(one.identity, 60)}  ${shown(one.state)}  ${shown(one.subprotocol, 40)}  from ${shown(one.from)} since ${shown(one.since)}  messages ${both(one.messages)}  faults ${shown(one.faults)}`,
  );
  return orNone(lines, "no open connections");
}

/** One connection: its line, its open CALLs, and its TLS. */
export function connectionDetail(value: unknown): readonly string[] {
  const { openCallsList, tls } = (value ?? {}) as Json;
  const calls = ["cp-to-csms", "csms-to-cp"].flatMap((direction) =>
    listOf(openCallsList, direction).map(
      (call) =>
        `  open ${direction} ${shown(call.action, 60)} ${shown(call.id, 60)} for ${shown(call.ageMs)} ms`,
    ),
  );
  const sides = Object.entries((tls ?? {}) as Json)
    .filter(([, facts]) => facts !== null)
    .map(([side, facts]) => `  TLS with the ${side}: ${shown(JSON.stringify(facts), 2000)}`);
  const secured = sides.length === 0 ? ["  no TLS"] : sides;
  return [...connectionLines({ connections: [value] }), ...calls, ...secured];
}

/** One line for each rule, with its warning. */
export function ruleLines(value: unknown): readonly string[] {
  const lines = listOf(value, "rules").flatMap((rule) => {
    const ttl = typeof rule.ttlMs === "number" ? ` for ${Math.ceil(rule.ttlMs / 1000)} s more` : "";
    const state = rule.armed === true ? `armed${ttl}` : "not armed";
    const warning = typeof rule.warning === "string" ? [`  warning: ${printable(rule.warning, 400)}`] : [];
    return [
      `${shown(rule.id)}  ${state}  matched ${shown(rule.matched)}, applied ${shown(rule.applied)}  ${shown(rule.explanation, 400)}`,
      ...warning,
    ];
  });
  return orNone(lines, "no rules");
}

/** Whether the rule was removed, and the rules that are left. */
export function removalLines(id: string, value: unknown): readonly string[] {
  const wasThere = (value as Json | null)?.removed === true;
  return [`${shown(id)}  ${wasThere ? "removed" : "no such rule"}`, ...ruleLines(value)];
}

const messageLine = (message: Json): string => {
  const what = `${shown(message.type)} ${shown(message.action, 60)}`;
  const text = message.text === null ? `${shown(message.octets)} bytes` : shown(message.text, 300);
  return `${shown(message.seq)}  ${shown(message.time)}  ${shown(message.identity, 60)}  ${shown(message.direction)}  ${what}  ${text}`;
};

/** One line for each message. */
export function messageLines(value: unknown): readonly string[] {
  return orNone(listOf(value, "messages").map(messageLine), "no messages match");
}

/** One line for each near miss. */
export function nearMissLines(value: unknown): readonly string[] {
  return listOf(value, "nearMisses").map((miss) => {
    const rule = miss.rule === undefined ? "" : `rule ${shown(miss.rule)}: `;
    const wanted = miss.wanted === undefined ? "" : `, wanted ${shown(miss.wanted, 80)}`;
    return `near miss: ${rule}${shown(miss.condition, 80)} is ${shown(miss.found, 80)}${wanted}  ${messageLine(miss.message as Json)}`;
  });
}

/** One line for each cassette. */
export function recordingLines(value: unknown): readonly string[] {
  const lines = listOf(value, "recordings").map(
    (one) =>
      `${shown(one.identity, 60)}  ${shown(one.state)}  ${shown(one.entries)} entries  ${shown(one.path, 400)}`,
  );
  return orNone(lines, "no cassettes yet");
}
