// A player for the simulated charge point. Lines of its playbooks:
//   >> 5 start | dialled 1 | refused 1 401 | refused 1 503 again in 2000 | unreachable 1 | says 1 TEXT | sends 1 HEX | ends 1 | resets 1 | timer | stop | step | step all | operator skip
//   << dial 1 | send 1 TEXT | send 1 close 1000 | end 1 | reset 1 | timer 30000 | RESULT > ACTION /pointer | note CODE | finish pass
//   << waiting ACTION PAYLOAD | ask ACTION | step ACTION | fork 1 ACTION RECORDED -> LIVE, 3 behind
// The number after `>>` is the time in milliseconds.
import { createHash } from "node:crypto";
import { fromLatin1, noBytes, text } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { Plan } from "../../../src/replay/plan/plan.js";
import type { Compared, StationCommand, StationEvent, StationReport } from "../../../src/replay/protocol.js";
import { createStation, type StationOptions } from "../../../src/replay/station/station.js";
import { readCloseBody } from "../../../src/wire/websocket/close-frame.js";
import { opcodes, payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { messageFrame } from "../cassettes/dialogue-recording.js";
import type { Player } from "./playbook.js";

/** SHA-256 as the shell hands it in. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Options of a station in a test. */
function stationOptions(plan: Plan, changes: Partial<StationOptions> = {}): StationOptions {
  return {
    plan,
    pace: "lockstep",
    rate: 1,
    timeoutMs: 30_000,
    maxFrame: 65_536,
    target: { host: "csms.example", basePath: "", identity: undefined, password: undefined },
    sha256,
    hideHead: (raw) => ({ raw, hidden: [] }),
    ...changes,
  };
}

const sentWords = (bytes: Uint8Array): string => {
  const frame = readFrame(bytes);
  if (frame === undefined) return `bytes ${Buffer.from(bytes).toString("hex")}`;
  if (frame.opcode === opcodes.text) return text(payloadOf(frame));
  if (frame.opcode === opcodes.pong) return `pong ${text(payloadOf(frame))}`;
  if (frame.opcode === opcodes.close) return `close ${readCloseBody(payloadOf(frame)).code}`;
  return `bytes ${Buffer.from(bytes).toString("hex")}`;
};

const comparedWords = (compared: Compared): string => {
  const arrow = compared.direction === "cp-to-csms" ? ">" : "<";
  const places = compared.differences.map(({ pointer }) => ` ${pointer}`).join("");
  return `${compared.result} ${arrow} ${compared.action ?? compared.type}${places}`;
};

const reportLines = (report: StationReport): readonly string[] => {
  switch (report.kind) {
    case "note":
      return [`note ${report.code}`];
    case "waiting":
      return [`waiting ${report.for} ${report.payload}`];
    case "fork":
      return [
        `fork ${report.id} ${report.action} ${report.recorded} -> ${report.live}, ${report.behind} behind`,
      ];
    case "unmet":
      return [`unmet ${report.action}`];
    case "sent":
    case "progress":
      return [];
    case "compared":
      return report.result === "equal" ? [] : [comparedWords(report)];
  }
};

/** The line of a command; transcripts and equal messages are left out. */
function commandLines(command: StationCommand): readonly string[] {
  switch (command.kind) {
    case "dial":
    case "end":
    case "reset":
      return [`${command.kind} ${command.connection}`];
    case "send":
      return [`send ${command.connection} ${sentWords(command.bytes)}`];
    case "timer":
      return [`timer ${command.ms}`];
    case "report":
      return reportLines(command.report);
    case "finish":
      return [`finish ${command.outcome.verdict}`];
    case "step":
      return [`step ${command.next.action ?? command.next.type}`];
    case "ask":
      return [`ask ${command.waiting.for}`];
    case "record":
    case "cancel":
      return [];
  }
}

const eventOf = (line: string, timer: string): StationEvent => {
  const [, ms, kind, number, words = ""] = /^(\d+) ([a-z]+)(?: (\d+))?(?: (.*))?$/s.exec(line) ?? [];
  const atNs = Number(ms) * 1e6;
  const connection = Number(number);
  switch (kind) {
    case "start":
    case "stop":
      return { kind, atNs };
    case "step":
      return { kind, atNs, all: words === "all" };
    case "operator":
      return { kind: "operator-answer", atNs, answer: words as "send" | "skip" | "fail" };
    case "timer":
      return { kind, atNs, id: timer };
    case "dialled":
      return { kind, atNs, connection, head: fromLatin1("HTTP/1.1 101 Switching Protocols\r\n\r\n") };
    case "refused":
    case "unreachable": {
      const [code, again] = words.split(" again in ");
      const status = kind === "refused" ? Number(code) : null;
      const by = kind === "refused" ? "csms" : "network";
      const base = { kind: "refused", atNs, connection, by, status, reason: "refused" } as const;
      const retry = again === undefined ? {} : { retryAfterMs: Number(again) };
      return { ...base, head: null, body: noBytes, ...retry };
    }
    case "says":
      return { kind: "bytes", atNs, connection, chunk: messageFrame("csms-to-cp", words) };
    case "sends":
      return { kind: "bytes", atNs, connection, chunk: Uint8Array.from(Buffer.from(words, "hex")) };
    case "ends":
      return { kind: "ended", atNs, connection, how: "end" };
    case "resets":
      return { kind: "ended", atNs, connection, how: "reset" };
    default:
      throw new Error(`not understood: ${line}`);
  }
};

/** A station that plays the charger of these entries. */
export function stationPlayer(
  entries: readonly Entry[],
  changes: Partial<StationOptions> = {},
): Player<StationEvent, StationCommand> {
  const station = createStation(stationOptions(compilePlan(entries), changes));
  let timer = "";
  return {
    machine: {
      handle: (event) => {
        const commands = station.handle(event);
        for (const command of commands) if (command.kind === "timer") timer = command.id;
        return commands;
      },
    },
    event: (line) => eventOf(line, timer),
    lines: commandLines,
  };
}
