// `import` of logs and captures as a user runs it, and tshark as the peer that reads the same capture.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { Command } from "commander";
import { afterAll, describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { utf8 } from "../../../src/base/bytes.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import { registerImport } from "../../../src/cli/cassettes/import.js";
import { registerInfo } from "../../../src/cli/cassettes/info.js";
import { registerLint } from "../../../src/cli/cassettes/lint.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame, readFrame } from "../../../src/wire/websocket/frame.js";
import { Conversation, pcapFile, pcapngFile } from "../../support/cassettes/captures.js";
import { sessionTo } from "../../support/runs/cli-session.js";
import { needs } from "../../support/runs/needs.js";

const folder = mkdtempSync(join(tmpdir(), "import-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const run = async (...argv: string[]): Promise<{ readonly out: string; readonly err: string }> => {
  const out: string[] = [];
  const err: string[] = [];
  const session = sessionTo(
    (line) => void out.push(`${line}\n`),
    (line) => void err.push(`${line}\n`),
  );
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of [registerImport, registerInfo, registerLint]) register(program, session);
  await program.parseAsync(argv, { from: "user" });
  return { out: out.join(""), err: err.join("") };
};

const cassetteOf = (path: string) => readCassette(new Uint8Array(readFileSync(path)), crc32);
const textsOf = (path: string) =>
  messagesOf(
    cassetteOf(path).entries.map(({ entry }) => entry),
    inflate,
  ).flatMap(({ kind, text }) => (kind === "message" ? [text] : []));

const line = (id: string, way: string, message: string): string =>
  `[INFO ] 2026-03-01 12:14:4${id},984 de.rwth.idsg.steve.ocpp.ws.WebSocketLogger (qtp1-2) - [chargeBoxId=CP-${id}, sessionId=a] ${way}: ${message}`;

const mask = Uint8Array.of(9, 8, 7, 6);
const body = '[2,"1","DataTransfer",{"vendorId":"somebody with a long name","data":"ü"}]';
const packed = (dictionary?: string): Uint8Array => {
  const options = dictionary === undefined ? {} : { dictionary: Buffer.from(dictionary) };
  return new Uint8Array(deflateRawSync(body, { finishFlush: 2, ...options }).subarray(0, -4));
};

const { packets } = new Conversation()
  .open()
  .upgrade("CP1", "Sec-WebSocket-Extensions: permessage-deflate\r\n")
  .say("charger", encodeFrame({ opcode: 1, rsv: 4, payload: packed(), mask }))
  .say("charger", encodeFrame({ opcode: 1, rsv: 4, payload: packed(body), mask }))
  .say("csms", encodeFrame({ opcode: 1, payload: utf8('[3,"1",{"status":"Accepted"}]') }))
  .say("charger", encodeFrame({ opcode: 9, payload: utf8("hi"), mask }))
  .say("csms", encodeFrame({ opcode: 10, payload: utf8("hi") }))
  .say("csms", encodeFrame({ opcode: 8, payload: Uint8Array.of(3, 232) }))
  .end("csms")
  .end("charger");

describe("import --from lines", () => {
  test("import --from lines writes a cassette for each charge point and reports what it did", async () => {
    const log = file(
      "steve.log",
      [
        "Starting",
        line("1", "Received", '[2,"1","Reset",{}]'),
        "",
        line("2", "Received", '[2,"1","Hea'),
      ].join("\r\n"),
    );
    const out = join(folder, "steve");
    const { out: said } = await run(
      "import",
      "--from",
      "lines",
      "--pattern",
      "steve",
      log,
      "-o",
      out,
      "--json",
    );
    expect(JSON.parse(said)).toMatchObject({
      from: "lines",
      files: [join(out, "CP-1.cassette"), join(out, "CP-2.cassette")],
      taken: 2,
      notUnderstood: 1,
      examples: [{ line: 1, text: "Starting" }],
      corrected: 1,
      newestFirst: false,
      cut: 1,
      identities: 2,
    });
    expect(textsOf(join(out, "CP-2.cassette"))).toEqual(['[2,"1","Hea']);
    const again = await run("import", "--from", "lines", "--pattern", "steve", log, "-o", out, "--force");
    expect(again.err).toContain("1 line was not understood, 2 were taken");
    expect(again.err).toContain("line 1: the pattern does not match: Starting");
    expect(again.err).toContain("the direction of 1 message was corrected");
  });

  test("lint ignores what the log cut, and info prints what is unknown", async () => {
    const out = join(folder, "cut");
    const log = file("cut.log", line("1", "Received", '[2,"1","MeterValues",{"connectorId":1,"meterVal...'));
    await run("import", "--from", "lines", "--pattern", "steve", log, "-o", out);
    expect((await run("info", out)).out).toMatch(/not known +control frames, handshakes, the exact bytes/);
    expect(JSON.parse((await run("info", "--json", out)).out)).toMatchObject({
      unknown: ["control-frames", "handshake", "exact-bytes", "ends"],
    });
    expect((await run("lint", "--json", out)).out).toBe("");
  });

  test("a pattern file of the user is read", async () => {
    const pattern = file(
      "mine.yaml",
      "match: '^(?<direction>.) (?<message>.*)$'\ndirections: {cp-to-csms: '>'}\nidentity: CP9\n",
    );
    const log = file("mine.log", '> [2,"1","Heartbeat",{}]\n');
    const out = join(folder, "mine.cassette");
    await run("import", "--from", "lines", "--pattern", pattern, log, "-o", out);
    expect(textsOf(out)).toEqual(['[2,"1","Heartbeat",{}]']);
  });

  test("a pattern that takes too long is stopped", async () => {
    const pattern = file("slow.yaml", "match: '^(?<message>(x+)+)$'\n");
    const log = file("slow.log", `${"x".repeat(40)}!\n`);
    await expect(
      run("import", "--from", "lines", "--pattern", pattern, log, "-o", join(folder, "slow")),
    ).rejects.toMatchObject({
      code: "IMPORT_FAILED",
    });
  }, 30_000);

  test.each([
    [["import", "--from", "lines", "x.log"], /--from lines needs --pattern/],
    [["import", "x.log"], /import needs --from/],
    [["import", "--from", "pcap"], /needs a file/],
    [["import", "--from", "pcap", "--pattern", "steve", "x"], /--pattern is for --from lines/],
    [["import", "--from", "frames", "--identity", "a", "x"], /--identity is for/],
  ])("the command %j is refused with a reason", async (argv, why) => {
    if (argv.at(-1)?.startsWith("x") === true) file("x", "");
    const placed = argv.map((word) => (word.startsWith("x") ? file(word, "") : word));
    await expect(run(...placed)).rejects.toThrow(why);
  });

  test("the shipped patterns are listed with an example each", async () => {
    const { out } = await run("import", "--list-patterns");
    for (const name of [
      "steve",
      "evcc",
      "ocpp-go",
      "mobilityhouse",
      "everest",
      "citrineos",
      "csv",
      "json-lines",
    ])
      expect(out).toMatch(new RegExp(`^${name} `, "m"));
    expect((await run("import", "--list-patterns", "--json")).out.trim().split("\n")).toHaveLength(9);
  });
});

describe("import --from pcap", () => {
  test("import --from pcap writes a cassette with everything that was on the wire", async () => {
    const out = join(folder, "pcap");
    const capture = file("a.pcapng", pcapngFile(packets));
    const { out: said } = await run("import", "--from", "pcap", capture, "-o", out, "--json");
    expect(JSON.parse(said)).toMatchObject({ from: "pcap", taken: 6, websocket: 1, tls: 0, identities: 1 });
    expect(readdirSync(out)).toEqual(["CP1.cassette"]);
    expect(textsOf(join(out, "CP1.cassette"))).toEqual([body, body, '[3,"1",{"status":"Accepted"}]']);
    expect((await run("info", out)).out).not.toMatch(/not known/);
  });

  test("import of a capture with TLS only says what to do", async () => {
    const hello = new Conversation()
      .open()
      .say("charger", utf8("\u0016\u0003\u0001\u0002\u0000\u0001")).packets;
    const capture = file("tls.pcap", pcapFile(hello));
    await expect(run("import", "--from", "pcap", capture, "-o", join(folder, "tls"))).rejects.toThrow(
      /1 stream is encrypted with TLS.*decrypt the capture first/,
    );
    await expect(run("import", "--from", "pcap", file("no.pcap", "no"), "-o", folder)).rejects.toThrow(
      /neither pcap nor/,
    );
  });

  needs("tshark").each([
    ["pcap", pcapFile(packets)],
    ["pcapng", pcapngFile(packets)],
    [
      "pcap of IPv6 in big endian with nanoseconds",
      pcapFile(packets, { link: 101, before: [], version: 6, little: false, nanoseconds: true }),
    ],
  ])(
    "tshark finds the same frames in %s",
    async (_, bytes) => {
      const capture = file("peer.pcap", bytes);
      const out = join(folder, "peer.cassette");
      await run("import", "--from", "pcap", capture, "-o", out, "--force");
      const { entries } = cassetteOf(out);
      const opened = entries.map(({ entry }) => entry).find((entry) => entry.kind === "connection-opened");
      const start = 1_700_000_000.005;
      expect(opened?.at).toBe(0);
      const ours = entries.flatMap(({ entry }) => {
        const frame = entry.kind === "frame" ? readFrame(entry.raw) : undefined;
        if (frame === undefined || entry.kind !== "frame") return [];
        const port = entry.direction === "cp-to-csms" ? "50000" : "9000";
        const mine = [port, frame.opcode, frame.mask === undefined ? 0 : 1, frame.rsv, frame.declaredLength];
        return [[((entry.rx ?? 0) / 1e9 + start).toFixed(3), ...mine].join(" ")];
      });
      const fields = [
        "frame.time_epoch",
        "tcp.srcport",
        "websocket.opcode",
        "websocket.mask",
        "websocket.rsv",
        "websocket.payload_length",
      ];
      const asked = fields.flatMap((field) => ["-e", field]);
      const printed = execFileSync(
        "tshark",
        [
          "-r",
          capture,
          "-d",
          "tcp.port==9000,http",
          "-o",
          "tcp.check_checksum:FALSE",
          "-Y",
          "websocket",
          "-T",
          "fields",
          ...asked,
        ],
        { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
      );
      const theirs = printed
        .trim()
        .split("\n")
        .map((row) => {
          const [time = "", port, opcode, masked, rsv, length] = row.split("\t");
          const flag = masked === "True" || masked === "1" ? 1 : 0;
          return [Number(time).toFixed(3), port, Number(opcode), flag, Number(rsv), Number(length)].join(" ");
        });
      expect(theirs).toEqual(ours);
    },
    60_000,
  );
});
