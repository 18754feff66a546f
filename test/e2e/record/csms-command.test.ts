// `ocpp-vcr csms` as a program uses it: its lines and its end.
import { once } from "node:events";
import { Chalk } from "chalk";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { CliSession } from "../../../src/cli/common/session.js";
import { registerCsms } from "../../../src/cli/csms.js";

interface Run {
  /** Resolves with the first line that contains this text. */
  line(part: string): Promise<string>;
  readonly lines: readonly string[];
  stop(): void;
  readonly ended: Promise<unknown>;
  readonly session: CliSession;
}

const run = (...argv: string[]): Run => {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let stop = (): void => undefined;
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    stop = () => resolve("SIGTERM");
  });
  const session: CliSession = {
    out: (line) => {
      lines.push(line);
      for (const look of waiting) look();
    },
    err: (line) => lines.push(`stderr: ${line}`),
    tick: () => undefined,
    paint: new Chalk({ level: 0 }),
    env: {},
    exitCode: 0,
    untilStopped: () => stopped,
  };
  const program = new Command("ocpp-vcr").exitOverride().configureOutput({ writeErr: () => undefined });
  registerCsms(program, session);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  const ended = program.parseAsync(["csms", ...argv], { from: "user" });
  const line = (part: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = lines.find((one) => one.includes(part));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { line, lines, stop: () => stop(), ended, session };
};

const boot = async (url: string, identity: string, vendor: string): Promise<void> => {
  const socket = new WebSocket(`${url}/${identity}`, ["ocpp1.6"]);
  await once(socket, "open");
  socket.send(`[2,"1","BootNotification",{"chargePointVendor":"${vendor}"}]`);
  await once(socket, "message");
  socket.close(1000);
  await once(socket, "close");
};

describe("ocpp-vcr csms", () => {
  test("csms --json prints its URL, then a line for each event, and ends when stopped", async () => {
    const csms = run("--listen", "0", "--interval", "5m", "--json");
    const first = JSON.parse(await csms.line("listening")) as { event: string; url: string };
    expect(csms.lines[0]).toBe(JSON.stringify({ event: "listening", url: first.url }));
    expect(first.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    await boot(first.url, "CP1", "V");
    await csms.line('"closed"');
    const events = csms.lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ event }) => event)).toEqual(["connected", "received", "sent", "closed"]);
    expect(events[1]).toMatchObject({ connection: 1, identity: "CP1", version: "1.6" });
    expect(String(events[2]?.text)).toContain('"interval":300');
    csms.stop();
    await csms.ended;
    expect(csms.session.exitCode).toBe(0);
  });

  test("csms prints no control characters of a charger", async () => {
    const csms = run("-l", "127.0.0.1:0");
    const url = /ws:\/\/[0-9.:]+/.exec(await csms.line("listens on"))?.[0] ?? "";
    await boot(url, "CP%1b%5B2J", "\u001b[31mV");
    await csms.line("left (1000)");
    expect(csms.lines.join("\n")).not.toContain("\u001b");
    expect(csms.lines.filter((line) => line.startsWith("CP\\u001b[2J"))).toHaveLength(4);
    csms.stop();
    await csms.ended;
  });

  test("csms refuses an address in use", async () => {
    const first = run("--listen", "0", "--json");
    const { url } = JSON.parse(await first.line("listening")) as { url: string };
    await expect(run("--listen", url.slice("ws://".length)).ended).rejects.toMatchObject({
      code: "LISTEN_FAILED",
    });
    first.stop();
    await first.ended;
  });

  test.each([
    ["--listen", "nowhere"],
    ["--interval", "soon"],
    ["--intervall", "3s"],
  ])("csms refuses %s %s", async (...argv) => {
    await expect(run(...argv).ended).rejects.toMatchObject({ name: "CommanderError" });
  });
});
