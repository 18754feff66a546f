// `ocpp-vcr probe` and `ocpp-vcr doctor` as a user runs them: lines, JSON objects, exit codes.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { RawListener } from "../../support/peers/raw-peer.js";
import { runHere } from "../../support/runs/program-here.js";
import { ownFolder, startProgram } from "../../support/runs/record-process.js";

const startCsms = async (password: string | undefined): Promise<RawListener> => {
  const field =
    password === undefined ? "" : `Authorization: Basic ${Buffer.from(password).toString("base64")}\r\n`;
  const csms = await new RawListener(
    (peer) =>
      void peer.head().then(
        (head) =>
          peer.send(
            head.includes(field)
              ? "HTTP/1.1 101 X\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n"
              : "HTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\nsorry",
          ),
        () => undefined,
      ),
  ).listen();
  onTestFinished(() => csms.close());
  return csms;
};

describe("probe", () => {
  test("probe prints a line for each check and exits with 0 if the charge point can connect", async () => {
    const csms = await startCsms(undefined);
    const program = startProgram(await ownFolder(), "probe", `ws://127.0.0.1:${csms.port}/base`);
    expect(await program.ended).toBe(0);
    expect(program.stdout()).toMatch(/^ok {3}dns .*\nok {3}tcp .*\n- {4}tls .*\nok {3}upgrade .*\n/);
    expect(program.stdout()).toMatch(/ok {3}verdict .*ocpp-vcr-probe can connect with ocpp1\.6/);
    expect(csms.peers[1]?.text).toMatch(/^GET \/base\/ocpp-vcr-probe HTTP/);
  });

  test("probe --json prints an object for each check, and exits with 3 if the charge point cannot connect", async () => {
    const csms = await startCsms("CP1:right");
    const program = startProgram(await ownFolder(), "probe", `ws://127.0.0.1:${csms.port}/`, "--json");
    expect(await program.ended).toBe(3);
    const lines = program
      .stdout()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string; step?: string; ok: boolean; message?: string });
    expect(lines.at(-1)).toEqual({ event: "verdict", ok: false });
    expect(lines.find(({ step }) => step === "upgrade")?.message).toMatch(
      /401 No, "sorry"; likely: it wants/,
    );
  });

  test("probe uses the password of the identity and prints it nowhere", async () => {
    const csms = await startCsms("CP1:right");
    const folder = await ownFolder();
    await writeFile(join(folder, "passwords"), "CP1:right\n");
    const options = ["--identity", "CP1", "--basic-auth", "passwords"];
    const program = startProgram(folder, "probe", `ws://127.0.0.1:${csms.port}/`, ...options);
    expect(await program.ended).toBe(0);
    expect(program.stdout() + program.stderr()).not.toMatch(/right|Q1AxOnJpZ2h0/);
  });

  test.each([
    [["http://csms.example/"]],
    [["embedded"]],
    [["ws://csms.example/", "--basic-auth", "none"]],
    [["ws://csms.example/", "--csms-proxy", "https://me:geheim@p"]],
    [["ws://csms.example/", "--cert", "none.pem"]],
  ])("probe %j exits with a usage or file error", async (args) => {
    const program = runHere(await ownFolder(), "probe", ...args);
    expect([2, 4]).toContain(await program.ended);
    expect(program.stderr()).not.toContain("geheim");
    expect(program.stdout()).toBe("");
  });
});

describe("doctor", () => {
  test("doctor reports problems and exits with 3", async () => {
    const taken = await startCsms(undefined);
    const program = startProgram(await ownFolder(), "doctor", "--listen", `127.0.0.1:${taken.port}`);
    expect(await program.ended).toBe(3);
    expect(program.stdout()).toMatch(/NO {3}port .*another program uses this port/);
    for (const step of ["address", "certs", "clock", "disk"]) expect(program.stdout()).toContain(step);
  });

  test("doctor --json prints an object for each check", async () => {
    const program = startProgram(await ownFolder(), "doctor", "--listen", "0", "--json");
    await program.ended;
    const steps = program
      .stdout()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string; step?: string; ok: boolean });
    expect(steps.find(({ step }) => step === "port")).toMatchObject({ event: "step", ok: true });
    expect(steps.at(-1)?.event).toBe("verdict");
  });
});
