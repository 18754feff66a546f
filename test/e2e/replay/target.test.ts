// Where a replay goes: target files and their options, what never leaves the recording, busy CSMSs, the guard of
// production systems, dry runs and probes. As a user runs them, against raw peers.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { VcrError } from "../../../src/base/errors.js";
import type { Entry, FrameEntry } from "../../../src/cassette/format/entry.js";
import type { CliSession } from "../../../src/cli/common/session.js";
import { registerRecord } from "../../../src/cli/record/record.js";
import { registerReplay } from "../../../src/cli/replay/replay.js";
import { fillSettings } from "../../../src/cli/settings.js";
import { readCassetteFile, writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import { dialogueRecording, type RecordingOptions } from "../../support/cassettes/dialogue-recording.js";
import {
  type Behaviour,
  type HostileCsms,
  startHostileCsms,
  switching,
} from "../../support/peers/hostile-csms.js";
import { sessionTo } from "../../support/runs/cli-session.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const folder = temporaryFolder();
const peers: HostileCsms[] = [];
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.close()));
});

const csmsThat = async (behaviour: Behaviour): Promise<HostileCsms> => {
  const peer = await startHostileCsms(behaviour);
  peers.push(peer);
  return peer;
};
const accepting: Behaviour = (socket) => void socket.write(switching);

interface Ended {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const run = async (argv: readonly string[], env: CliSession["env"] = {}): Promise<Ended> => {
  const out: string[] = [];
  const err: string[] = [];
  const session = sessionTo(
    (line) => void out.push(line),
    (line) => void err.push(line),
    { env },
  );
  const program = new Command("ocpp-vcr").exitOverride().option("--config <file>");
  program.hook("preAction", (_program, command) => fillSettings(command, session.env));
  registerReplay(program, session);
  registerRecord(program, session);
  let code = 0;
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof VcrError)) throw error;
    err.push(error.message, error.hint);
    code = error.exitCode;
  }
  return { out: out.join("\n"), err: err.join("\n"), code: Math.max(code, session.exitCode) };
};

const replay = (argv: readonly string[], env: CliSession["env"] = {}): Promise<Ended> =>
  run(["replay", ...argv], env);

const writeCassette = async (
  name: string,
  lines: readonly string[],
  options: RecordingOptions = {},
  csms: string | null = null,
): Promise<string> => {
  const path = join(folder, `${name}.cassette`);
  const entries = dialogueRecording(lines, options).map((entry) =>
    entry.kind === "session" ? { ...entry, csms } : entry,
  );
  await writeCassetteFile(path, entries, true);
  return path;
};

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const session16 = [
  "1 dial",
  '1> [2,"1","BootNotification",{"chargePointModel":"M","chargePointVendor":"V"}]',
  '1< [3,"1",{"currentTime":"2026-01-01T00:00:00Z","interval":300,"status":"Accepted"}]',
  '1> [2,"2","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"2",{"transactionId":4711,"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"3","StopTransaction",{"transactionId":4711,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z","idTag":"U"}]',
  '1< [3,"3",{"idTagInfo":{"status":"Accepted"}}]',
  "1 close",
];

/** The texts that the charge point of a transcript sent, and who it was. */
const sentIn = async (path: string): Promise<{ identity: string; texts: readonly string[] }> => {
  const plan = compilePlan((await readCassetteFile(path)).entries.map(({ entry }): Entry => entry));
  return {
    identity: plan.identity,
    texts: plan.steps.flatMap((step) => (step.kind === "call" ? [step.out.text ?? ""] : [])),
  };
};

const identitiesOf = (peer: HostileCsms): readonly (string | undefined)[] =>
  peer.upgrades.map((head) => /^GET \S*\/(\S+) /.exec(head)?.[1]);

describe("a target file", () => {
  test("a target file sets identities, tags and values, and the command line overrides it", async () => {
    const cassette = await writeCassette("mapped", session16);
    const target = file(
      "lab.yaml",
      'csms: embedded\nidentities: { CP-1: LAB-1 }\nid-tags: { "*": [TEST1, TEST2] }\nset:\n  BootNotification:\n    /chargePointModel: "Lab"\n    /firmwareVersion: 1.50\n',
    );
    const transcript = join(folder, "mapped.transcript");
    const first = await replay([cassette, "--target", target, "--transcript", transcript]);
    expect(first.out).toContain("LAB-1 against");
    expect(first.code).toBe(0);
    const { identity, texts } = await sentIn(transcript);
    expect(identity).toBe("LAB-1");
    expect(texts[0]).toBe(
      '[2,"1","BootNotification",{"chargePointModel":"Lab","chargePointVendor":"V","firmwareVersion":1.50}]',
    );
    expect(texts[1]).toContain('"idTag":"TEST1"');
    expect(texts[2]).toContain('"idTag":"TEST2"');
    const again = join(folder, "again.transcript");
    const said = [
      "--map-identity",
      "CP-1=OTHER",
      "--map-id-tag",
      "U=MINE",
      "--set",
      "BootNotification/chargePointModel=X",
    ];
    await replay([cassette, "--target", target, ...said, "--transcript", again]);
    const other = await sentIn(again);
    expect(other.identity).toBe("OTHER");
    expect(other.texts[0]).toContain('"chargePointModel":"X"');
    expect(other.texts[2]).toContain('"idTag":"MINE"');
  });

  test("a target file is found by name in targets/, overrides the configuration file but not the command line", async () => {
    const before = process.cwd();
    const home = join(folder, "home");
    mkdirSync(join(home, "targets"), { recursive: true });
    const [wanted, other] = [await csmsThat(accepting), await csmsThat(accepting)];
    writeFileSync(
      join(home, "targets", "lab.yaml"),
      `csms: ${wanted.url.href}\nidentities: { "*": "LAB-{n}" }\n`,
    );
    const config = file(
      "config.yaml",
      `csms: ${other.url.href}\ncsms-connect: 127.0.0.1:1\nmap-identity: "*=CONF"\n`,
    );
    const one = await writeCassette("one", ["1 dial", "1 reset"]);
    const two = await writeCassette("two", ["1 dial", "1 reset"], { identity: "CP-2" });
    process.chdir(home);
    try {
      const first = await run(["--config", config, "replay", one, two, "--target", "lab"]);
      expect(first.code).toBe(0);
      expect(identitiesOf(wanted)).toEqual(["LAB-1", "LAB-2"]);
      await run([
        "--config",
        config,
        "replay",
        one,
        "--target",
        "lab",
        "--csms",
        other.url.href,
        "--csms-connect",
        other.url.host,
      ]);
      expect(identitiesOf(other)).toEqual(["LAB-1"]);
      const missing = await replay([one, "--target", "lap"]);
      expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("Did you mean lab?")]);
    } finally {
      process.chdir(before);
    }
  });

  test("all errors of a target file are reported with line and column before anything is dialled", async () => {
    const csms = await csmsThat(accepting);
    const target = file(
      "bad.yaml",
      `csms: ${csms.url.href}\nproduktion: true\nmax-rate: 0\nproduction: maybe\nset: { Bootnotification: { /a: 1 }, BootNotification: { a: 1 } }\ncredentials: { CP-1: secret }\nid-tags: [T]\nconnect: [a, b]\n`,
    );
    const { code, err } = await replay([await writeCassette("bad", ["1 dial"]), "--target", target]);
    expect(code).toBe(2);
    expect(err).toContain("8 errors");
    for (const place of ["2:1", "3:11", "4:13", "5:28", "5:57", "6:22", "7:10", "8:10"])
      expect(err).toContain(`bad.yaml:${place}:`);
    expect(err).toContain('did you mean "production"?');
    expect(err).toContain("did you mean BootNotification?");
    expect(err).not.toContain("secret");
    expect(csms.upgrades).toEqual([]);
  });

  test("a target file without a CSMS is refused, and so is a list that is too short", async () => {
    const cassette = await writeCassette("short", session16);
    const nowhere = await replay([cassette, "--target", file("nowhere.yaml", "max-rate: 5\n")]);
    expect([nowhere.code, nowhere.err]).toEqual([
      2,
      expect.stringContaining("nor the command line names the CSMS"),
    ]);
    const short = await replay([
      cassette,
      "--map-id-tag",
      "*=A",
      "--map-id-tag",
      "T=B",
      "--map-id-tag",
      "*=C",
    ]);
    expect(short.code).toBe(0);
    const tooShort = await replay([
      await writeCassette("short2", [
        "1 dial",
        ...["A", "B", "C"].map((tag) => `1> [2,"${tag}","Authorize",{"idTag":"${tag}"}]`),
      ]),
      "--map-id-tag",
      "*=1",
      "--map-id-tag",
      "*=2",
    ]);
    expect([tooShort.code, tooShort.err]).toEqual([2, expect.stringContaining("id tags is too short: C")]);
  });

  test("a set value without a place is reported", async () => {
    const { out } = await replay([await writeCassette("unset", session16), "--set", "Heartbeat/x=1"]);
    expect(out).toContain("--set Heartbeat/x has no effect");
  });

  test("a charge point sends no more CALLs per second than max-rate", async () => {
    const cassette = await writeCassette("rate", session16);
    const transcript = join(folder, "rate.transcript");
    const { code } = await replay([cassette, "--max-rate", "20", "--transcript", transcript]);
    expect(code).toBe(0);
    const entries = (await readCassetteFile(transcript)).entries.map(({ entry }) => entry);
    const sentNs = messagesOf(entries)
      .filter(({ text, direction }) => direction === "cp-to-csms" && text?.startsWith("[2,") === true)
      .map(({ frames }) => (entries[frames[0] ?? 0] as FrameEntry).tx ?? 0);
    expect(sentNs.length).toBeGreaterThan(2);
    for (const [i, ns] of sentNs.slice(1).entries())
      expect(ns - (sentNs[i] ?? 0)).toBeGreaterThanOrEqual(50e6);
  });
});

describe("credentials", () => {
  const bearer =
    "GET /CP-1 HTTP/1.1\r\nHost: prod.example\r\nOrigin: https://prod.example\r\nAuthorization: Bearer s3cret\r\nCookie: a=b\r\nX-Forwarded-For: 10.1.1.1\r\nX-Own: kept\r\nUpgrade: websocket\r\n\r\n";

  test("credentials and hosts of the recording never go to another host", async () => {
    const csms = await csmsThat(accepting);
    await replay([
      await writeCassette("own", ["1 dial", "1 reset"], { head: bearer }),
      "--csms",
      csms.url.href,
    ]);
    expect(csms.upgrades).toEqual([
      `GET /CP-1 HTTP/1.1\r\nHost: ${csms.url.host}\r\nX-Own: kept\r\nUpgrade: websocket\r\n\r\n`,
    ]);
  });

  test("credentials come by identity from files and the environment, else there is a common one", async () => {
    const csms = await csmsThat(accepting);
    const cassettes = await Promise.all(
      ["A", "B", "C", "D"].map((identity) =>
        writeCassette(`pw-${identity}`, ["1 dial", "1 reset"], { identity }),
      ),
    );
    const target = file(
      "passwords.yaml",
      `csms: ${csms.url.href}\ncredentials: { A: "file:${file("a.txt", "of A\n")}", B: "env:B_PASSWORD" }\ncsms-basic: ${file("basic", "C:of C\nA:wrong\n")}\npassword-env: COMMON\n`,
    );
    const env = { B_PASSWORD: "of B", COMMON: "of all" };
    const shown = (): readonly string[] =>
      csms.upgrades.map((head) => Buffer.from(/Basic (\S+)/.exec(head)?.[1] ?? "", "base64").toString());
    expect((await replay([...cassettes, "--target", target], env)).code).toBe(0);
    expect(shown()).toEqual(["A:of A", "B:of B", "C:of C", "D:of all"]);
    csms.upgrades.length = 0;
    await replay([cassettes[0] ?? "", "--target", target, "--password-file", file("cli.txt", "said")], env);
    expect(shown()).toEqual(["A:said"]);
    const unset = await replay([...cassettes, "--target", target]);
    expect([unset.code, unset.err]).toEqual([2, expect.stringContaining("B_PASSWORD holds no password")]);
  });
});

describe("a CSMS that is busy", () => {
  test.each(["1", new Date(Date.now() + 1000).toUTCString()])(
    "a busy CSMS is dialled again after Retry-After %s",
    async (when) => {
      let asked = 0;
      const csms = await csmsThat((socket) => {
        asked++;
        if (asked === 1) socket.end(`HTTP/1.1 503 Busy\r\nRetry-After: ${when}\r\nContent-Length: 0\r\n\r\n`);
        else socket.write(switching);
      });
      const { out, code } = await replay([
        await writeCassette("busy", ["1 dial", "1 reset"]),
        "--csms",
        csms.url.href,
      ]);
      expect(asked).toBe(2);
      expect(out).toContain("answered 503 and asks to be dialled again in");
      expect(code).toBe(0);
    },
  );
});

describe("the guard of production systems", () => {
  /** An address that leads nowhere: what is refused, is refused before anything is dialled. */
  const nowhere = ["--csms-connect", "203.0.113.7:1"];
  const guard = (argv: readonly string[]): Promise<Ended> => replay([...argv, ...nowhere, "--dry-run"]);
  const isGuarded = async (argv: readonly string[]): Promise<boolean> =>
    /^ {2}guard +the replay is refused/m.test((await guard(argv)).out);

  test("the guard requires --to-production with the host that the cassette was recorded from", async () => {
    const cassette = await writeCassette(
      "prod",
      ["1 dial", "1 reset"],
      {},
      "wss://[hidden]@csms.EXAMPLE/base",
    );
    const argv = [cassette, "--csms", "ws://CSMS.example.:9000/ocpp"];
    const refused = await replay([...argv, ...nowhere]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("the cassette was recorded from that host");
    expect(refused.err).toContain("--to-production csms.example");
    expect((await replay([...argv, ...nowhere, "--to-production", "other.example"])).code).toBe(2);
    expect((await replay([...argv, ...nowhere, "--probe"])).code).toBe(2);
    expect(await isGuarded(argv)).toBe(true);
    expect(await isGuarded([...argv, "--to-production", "Csms.Example"])).toBe(false);
    expect(await isGuarded([cassette, "--csms", "ws://staging.example"])).toBe(false);
  });

  test("the guard treats a name that is dialled on this machine as this machine, unless it is marked", async () => {
    const csms = await csmsThat(accepting);
    const cassette = await writeCassette("here", ["1 dial", "1 reset"], {}, "ws://csms.example");
    const argv = [cassette, "--csms", "ws://csms.example", "--csms-connect", csms.url.host];
    expect((await replay(argv)).code).toBe(0);
    expect((await replay([...argv, "--production"])).code).toBe(2);
    expect(csms.upgrades).toHaveLength(1);
  });

  test("the guard protects the CSMS of --against as well", async () => {
    const csms = await csmsThat(accepting);
    const cassette = await writeCassette("other", ["1 dial", "1 reset"], {}, "ws://csms.example");
    const { code } = await replay([cassette, "--csms", csms.url.href, "--against", "ws://csms.example"]);
    expect(code).toBe(2);
    expect(csms.upgrades).toEqual([]);
  });

  test("the guard compares addresses in every spelling, the URL of each connection, and Host if nothing else is known", async () => {
    const head = "GET /CP-1 HTTP/1.1\r\nHost: [2001:DB8::1]:80\r\n\r\n";
    const imported = await writeCassette("imported", ["1 dial", "1 reset"], { head });
    expect(await isGuarded([imported, "--csms", "ws://[2001:db8:0::1]:81"])).toBe(true);
    const recorded = await writeCassette("recorded", ["1 dial", "1 reset"], { head }, "ws://127.0.0.1:1");
    expect(await isGuarded([recorded, "--csms", "ws://[2001:db8:0::1]:81"])).toBe(false);
    const numbered = await writeCassette("numbered", ["1 dial", "1 reset"], {}, "ws://203.0.113.7:9000");
    expect(await isGuarded([numbered, "--csms", "ws://other.example"])).toBe(true);
  });

  test("the guard does not protect this machine, unless it is marked", async () => {
    const csms = await csmsThat(accepting);
    const cassette = await writeCassette("local", ["1 dial", "1 reset"], {}, csms.url.href);
    expect((await replay([cassette, "--csms", csms.url.href])).code).toBe(0);
    const target = file("prod.yaml", `csms: ${csms.url.href}\nproduction: true\n`);
    const marked = await replay([cassette, "--target", target]);
    expect([marked.code, marked.err]).toEqual([2, expect.stringContaining("marked as production")]);
    expect((await replay([cassette, "--csms", csms.url.href, "--production"])).code).toBe(2);
    expect((await replay([cassette, "--target", target, "--to-production", "127.0.0.1"])).code).toBe(0);
    expect(csms.upgrades).toHaveLength(2);
  });

  test("the guard checks all cassettes before the first one is replayed", async () => {
    const csms = await csmsThat(accepting);
    const harmless = await writeCassette("harmless", ["1 dial", "1 reset"]);
    const own = await writeCassette("own-host", ["1 dial", "1 reset"], {}, "ws://csms.example");
    const argv = [harmless, own, "--csms", csms.url.href, "--against", "ws://csms.example"];
    expect((await replay(argv)).code).toBe(2);
    expect(csms.upgrades).toEqual([]);
  });

  test("a configuration file cannot confirm the guard", async () => {
    const cassette = await writeCassette("conf", ["1 dial", "1 reset"], {}, "ws://csms.example");
    const config = file("open.yaml", "to-production: csms.example\n");
    const { code, err } = await run(["--config", config, "replay", cassette, "--csms", "ws://csms.example"]);
    expect([code, err]).toEqual([2, expect.stringContaining("would confirm every run")]);
  });

  test("the guard protects a marked CSMS from faults of record", async () => {
    const rules = file("rules.yaml", "version: 1\nrules:\n  - id: r\n    then: [ { drop: {} } ]\n");
    const argv = ["record", "--csms", "ws://csms.example", "--rules", rules, "--production"];
    const refused = await run(argv);
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining("faults would go to csms.example"),
    ]);
    expect((await run([...argv, "--to-production", "csms.exampl"])).code).toBe(2);
  });
});

describe("a dry run", () => {
  test("a dry run dials nothing and prints the steps, what they wait for, and the preflight", async () => {
    const csms = await csmsThat(accepting);
    const calls = [
      ...session16.slice(0, -1),
      '1< [2,"r","RemoteStopTransaction",{"transactionId":4711}]',
      "1 close",
    ];
    const cassette = await writeCassette("dry", calls, {}, `ws://csms.example`);
    const argv = [cassette, "--csms", "ws://csms.example", "--dry-run"];
    const said = ["--map-identity", "*=LAB", "--map-id-tag", "T=TEST", "--password-env", "PW"];
    const { out, code } = await replay([...argv, ...said], { PW: "secret" });
    expect(code).toBe(0);
    for (const line of [
      /^ +1 +\+0\.00 ms #1 dial$/m,
      /^ +4 .* CALL StopTransaction id 3; waits for the answer to step 3, transaction-1 from the answer to step 3$/m,
      /^ {2}identity +CP-1 -> LAB$/m,
      /^ {2}id tags +T -> TEST, U$/m,
      /^ {2}here +security profile 1/m,
      /^ {2}CSMS calls +1 RemoteStopTransaction \{"transactionId":4711\}/m,
      /^ {2}guard +the replay is refused/m,
    ])
      expect(out).toMatch(line);
    expect(out).not.toContain("secret");
    const json = await replay([...argv, ...said, "--json"], { PW: "secret" });
    expect(JSON.parse(json.out)).toMatchObject({
      event: "plan",
      cassette,
      steps: [{ step: 1, what: "dial" }, { step: 2 }, { step: 3, action: "StartTransaction" }, {}, {}],
      preflight: {
        identity: { recorded: "CP-1", here: "LAB" },
        idTags: [
          { recorded: "T", here: "TEST" },
          { recorded: "U", here: "U" },
        ],
        security: { here: { profile: 1 } },
        guard: { host: "csms.example" },
      },
    });
    expect(csms.upgrades).toEqual([]);
  });
});

describe("a probe", () => {
  test("a probe dials each identity once, sends nothing else, and ends with 3 if one is refused", async () => {
    const csms = await csmsThat((socket, head) => {
      if (head.includes("/CP-1 ")) socket.write(switching);
      else socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    });
    const one = await writeCassette("probe-one", session16);
    const two = await writeCassette("probe-two", session16, { identity: "CP-2" });
    const good = await replay([one, "--csms", csms.url.href, "--probe", "--json"]);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({
      event: "probe",
      identity: "CP-1",
      accepted: true,
      subprotocol: "ocpp1.6",
    });
    const both = await replay([one, two, one, "--csms", csms.url.href, "--probe"]);
    expect(both.code).toBe(3);
    expect(both.out).toContain("accepted CP-1, ocpp1.6");
    expect(both.out).toMatch(/refused {2}CP-2: .*401/);
    expect(identitiesOf(csms)).toEqual(["CP-1", "CP-1", "CP-2"]);
  });
});
