// `ocpp-vcr certs` as a user runs it, with openssl as the strict peer.
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../../src/cli/main.js";
import { openssl, verifyStrictly } from "../../support/peers/openssl.js";
import { sessionTo } from "../../support/runs/cli-session.js";
import { needs } from "../../support/runs/needs.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";
import { schemaErrors } from "../../support/schema/oca-schemas.js";

const scratch = temporaryFolder();
const certs = join(scratch, "certs");

interface Ran {
  readonly out: readonly string[];
  readonly err: string;
  /** The code of the error that ended it. */
  readonly code?: string;
}

/** Runs `ocpp-vcr certs` with these arguments. The store comes from the environment, unless there are arguments before. */
const run = async (words: readonly string[], before: readonly string[] = []): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  const session = sessionTo(
    (line) => out.push(...line.split("\n")),
    (line) => err.push(line),
    { env: before.length > 0 ? {} : { OCPP_VCR_CERTS: certs } },
  );
  try {
    const program = await createProgram(session);
    await program.parseAsync([...before, "certs", ...words], { from: "user" });
    return { out, err: err.join("\n") };
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint?: string };
    return { out, err: [...err, message, hint].join("\n"), code };
  }
};

/** Runs with --json and gives the objects. */
const objectsOf = async (...words: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
  const { out, err, code } = await run([...words, "--json"]);
  if (code !== undefined) throw new Error(err);
  return out.map((line) => JSON.parse(line) as Record<string, unknown>);
};

const made = await objectsOf("init", "--org", "Test CPO", "--name", "csms.example.com", "--ip", "127.0.0.1");
const root = { rsa: join(certs, "root-rsa.pem"), ec: join(certs, "root-ec.pem") };

describe("certs init", () => {
  test("certs init --json prints the certificates with their fingerprints", () => {
    expect(made).toEqual([
      expect.objectContaining({
        event: "store",
        organization: "Test CPO",
        roots: [
          expect.objectContaining({ key: "rsa", file: root.rsa }),
          expect.objectContaining({ key: "ec" }),
        ],
        servers: [
          expect.objectContaining({ san: ["DNS:csms.example.com", "IP Address:127.0.0.1"] }),
          expect.objectContaining({ subject: "O=Test CPO, CN=csms.example.com" }),
        ],
      }),
    ]);
  });

  test("certs init prints what to install in the charger, and makes certificates for every name of this machine", async () => {
    const { out } = await run(["init", "--certs", join(scratch, "person")]);
    const text = out.join("\n");
    expect(text.match(/SHA-256 ([0-9A-F]{2}:){31}/g)).toHaveLength(4);
    expect(text).toMatch(/Install in the charger.*root-rsa\.pem and .*root-ec\.pem/);
    expect(text).toMatch(/are for .*DNS:localhost.*IP Address:127\.0\.0\.1/);
  });

  test("certs init notes a CN that is not a full host name, with the command for one", async () => {
    const short = await run(["init", "--certs", join(scratch, "short"), "--name", "laptop"]);
    expect(short.err).toMatch(/CN "laptop" is not a full host name.*issue server --name HOST\.DOMAIN/);
    const full = await run(["init", "--certs", join(scratch, "full"), "--name", "laptop.example.com"]);
    expect(full).toMatchObject({ err: "" });
  });

  test("certs init never overwrites a store", async () => {
    const before = readFileSync(root.rsa, "utf8");
    expect(await run(["init"])).toMatchObject({ code: "CERTIFICATE_STORE" });
    expect(readFileSync(root.rsa, "utf8")).toBe(before);
  });
});

needs("openssl")("every chain of a store is accepted by openssl at its strictest", async () => {
  await objectsOf("issue", "server", "--name", "a.example.com", "--name", "b.example.com", "--ip", "::1");
  await objectsOf("issue", "client", "--identity", "CP1", "--serial", "SN-1");
  for (const kind of ["rsa", "ec"] as const) {
    const files = ["root", "server"].map((role) => `${role}-${kind}.pem`);
    for (const file of [...files, `server/a.example.com-${kind}.pem`, `client/CP1-${kind}.pem`])
      expect([file, verifyStrictly(root[kind], join(certs, file))]).toEqual([file, "OK"]);
  }
});

describe("certs issue", () => {
  test("certs issue --csr certifies a charger's own key", async () => {
    const [key, csr] = [join(scratch, "charger.key"), join(scratch, "charger.csr")];
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/O=X/CN=SN-5", "-keyout", key, "-out", csr);
    const [issued] = await objectsOf("issue", "client", "--csr", csr);
    expect(issued).toMatchObject({ facts: { subject: "O=X, CN=SN-5" } });
    expect(verifyStrictly(root.rsa, String(issued?.certificate))).toBe("OK");
  });

  test("certs issue notes what breaks OCPP's rules", async () => {
    const { err } = await run(["issue", "server", "--ip", "192.0.2.1", "--key", "ec"]);
    expect(err).toMatch(/note: .*192\.0\.2\.1.*\(common-name-not-fqdn\)/);
  });

  test.each([
    [["issue", "proxy"], "commander.invalidArgument"],
    [["issue", "server", "--name", "1.2.3.4"], "commander.invalidArgument"],
    [["issue", "server", "--ip", "host"], "commander.invalidArgument"],
    [["issue", "server", "--flaw", "old"], "commander.invalidArgument"],
    [["issue", "server", "--not-before", "yesterday"], "commander.invalidArgument"],
    [["issue", "server", "--password", "x"], "commander.unknownOption"],
    [["issue", "server"], "USAGE"],
    [["issue", "client", "--csr", "/missing"], "FILE_UNREADABLE"],
    [["issue", "client", "--identity", "x".repeat(65)], "CERTIFICATE_UNFIT"],
    [["issue", "client", "--identity", "x", "--certs", "/missing"], "CERTIFICATE_STORE"],
  ])("certs %j is refused with the code %s", async (words, code) => {
    expect(await run(words)).toMatchObject({ code });
  });
});

needs("openssl")("a station's key goes to the operator's CA and comes back as a certificate", async () => {
  const [requested] = await objectsOf("request", "--identity", "CP9", "--serial", "SN-9", "--org", "Big CPO");
  const [ca, caKey, answer] = ["op.pem", "op.key", "answer.pem"].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=op", "-keyout", caKey, "-out", ca);
  const csr = String(requested?.csr);
  openssl("x509", "-req", "-in", csr, "-CA", ca, "-CAkey", caKey, "-days", "9", "-out", answer);
  expect(await run(["accept", ca])).toMatchObject({ code: "CERTIFICATE_UNFIT" });
  const [accepted] = await objectsOf("accept", answer);
  expect(accepted).toMatchObject({
    event: "accepted",
    name: "CP9",
    facts: { subject: "O=Big CPO, CN=SN-9" },
  });
  expect((await run(["export", "CP9", "--chain"])).out.join("\n").trim()).toBe(
    readFileSync(answer, "utf8").trim(),
  );
});

describe("certs export", () => {
  const password = join(scratch, "password");
  writeFileSync(password, "ge heim\n");

  needs("openssl").each(["rsa", "ec"])(
    "--p12 gives a container of the %s twin that openssl opens",
    async (key) => {
      const file = join(scratch, `${key}.p12`);
      const words = ["export", "server", "--key", key, "--p12", file, "--password-file", password];
      expect((await run(words)).code).toBeUndefined();
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(openssl("pkcs12", "-in", file, "-passin", `file:${password}`, "-noout").code).toBe(0);
      expect(await run(words)).toMatchObject({ code: "FILE_UNWRITABLE" });
      const [leaf, authority] = await objectsOf("show", file, "--password-file", password);
      expect(leaf).toMatchObject({
        format: "pkcs12",
        hasKey: true,
        part: "server",
        key: { kind: key },
        findings: [],
      });
      expect(authority).toMatchObject({ part: "authority" });
    },
  );

  test("certs export --install-certificate gives a payload that the OCA's schema allows", async () => {
    for (const version of ["1.6", "2.0.1", "2.1"] as const) {
      const { out } = await run(["export", "--install-certificate", "--version", version]);
      expect(out).toHaveLength(1);
      const payload = JSON.parse(out[0] ?? "") as { certificate: string };
      expect(schemaErrors(version, "InstallCertificate", "request", payload)).toEqual([]);
      expect(payload.certificate).toBe(readFileSync(root.rsa, "utf8").trimEnd());
    }
  });

  test("certs export --der and --chain write the certificate for other programs", async () => {
    const file = join(scratch, "root.der");
    await run(["export", "root", "--key", "ec", "--der", "-o", file]);
    expect(await objectsOf("show", file)).toMatchObject([{ format: "der", authority: true, findings: [] }]);
    const { out } = await run(["export", "server", "--chain"]);
    expect(out.filter((line) => line.includes("BEGIN CERTIFICATE"))).toHaveLength(2);
  });

  test.each([
    [["export"], "USAGE"],
    [["export", "--der"], "USAGE"],
    [["export", "--der", "--chain"], "USAGE"],
    [["export", "server", "--install-certificate"], "USAGE"],
    [["export", "root", "--p12", join(scratch, "ca.p12"), "--password-file", password], "USAGE"],
    [
      ["export", "server", "--p12", join(scratch, "none.p12"), "--password-file", "/missing"],
      "FILE_UNREADABLE",
    ],
    [["export", "nobody", "--chain"], "CERTIFICATE_STORE"],
    [["export", "--install-certificate", "--version", "1.5"], "commander.invalidArgument"],
  ])("certs %j is refused with the code %s", async (words, code) => {
    expect(await run(words)).toMatchObject({ code });
    expect(existsSync(join(scratch, "ca.p12"))).toBe(false);
  });
});

describe("certs show", () => {
  needs("openssl")("finds what breaks OCPP's rules", async () => {
    const [key, file] = [join(scratch, "weak.key"), join(scratch, "weak.pem")];
    const how = ["-newkey", "rsa:1024", "-sha1", "-nodes", "-subj", "/CN=csms", "-days", "1"];
    openssl("req", "-x509", ...how, "-addext", "basicConstraints=CA:FALSE", "-keyout", key, "-out", file);
    const [shown] = await objectsOf("show", file, "--as", "server");
    const codes = ((shown?.findings ?? []) as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(["key-short", "signature-hash", "organization-missing", "common-name-not-fqdn"]),
    );
    expect((await run(["show", file, "--as", "server"])).out.join("\n")).toMatch(/finding +.*1024 bits/);
  });

  test("certs show prints no control characters of a certificate", async () => {
    await objectsOf("issue", "client", "--identity", "CP\u001b[31m", "--key", "ec");
    const [file] = (await run(["issue", "client", "--identity", "CP\u001b[31m", "--key", "ec"])).out;
    const { out } = await run(["show", String(file?.split(": ")[0])]);
    expect(out.join("\n")).toMatch(/CP/);
    expect(out.join("\n")).not.toContain("\u001b");
  });

  test("certs show refuses a file without a certificate", async () => {
    const file = join(scratch, "text");
    writeFileSync(file, "no certificate");
    expect(await run(["show", file])).toMatchObject({ code: "FILE_UNREADABLE" });
  });
});

test("a key that others can read is refused with the command that closes it", async () => {
  const folder = join(scratch, "open");
  await run(["init", "--certs", folder, "--name", "a"]);
  chmodSync(join(folder, "root-ec.key"), 0o644);
  const refused = await run(["issue", "server", "--certs", folder, "--name", "b"]);
  expect(refused).toMatchObject({
    code: "CERTIFICATE_STORE",
    err: expect.stringMatching(/chmod 600 .*root-ec\.key/),
  });
});

describe("the configuration file", () => {
  const file = join(scratch, "ocpp-vcr.yaml");
  const folder = join(scratch, "configured");

  test("the configuration file gives options to the commands of certs", async () => {
    writeFileSync(file, `interval: 5s\ncerts:\n  certs: ${folder}\n  org: Configured\n`);
    const { out, code } = await run(["init", "--name", "a", "--json"], ["--config", file]);
    expect([code, JSON.parse(out[0] ?? "{}")]).toMatchObject([
      undefined,
      { folder, organization: "Configured" },
    ]);
    writeFileSync(file, `certs: ${folder}\n`);
    const chain = await run(["export", "--chain"], ["--config", file]);
    expect(chain.out[0]).toBe("-----BEGIN CERTIFICATE-----");
  });

  test("an unknown option in the configuration file is reported", async () => {
    writeFileSync(file, "certs:\n  identiti: x\n");
    const refused = await run(["init"], ["--config", file]);
    expect(refused).toMatchObject({ code: "USAGE", err: expect.stringContaining("identity") });
  });
});
