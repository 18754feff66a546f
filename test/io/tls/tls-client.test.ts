// The client side of a handshake: names, the key log, and failures.
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { runClientHandshake } from "../../../src/io/tls/tls-client.js";
import { RawListener } from "../../support/peers/raw-peer.js";
import { csmsTls, startTlsCsms } from "../../support/peers/tls-peers.js";

const raw = (port: number) => {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.pause();
  onTestFinished(() => void socket.destroy());
  return new Promise<typeof socket>((resolve) => socket.once("connect", () => resolve(socket)));
};

describe("the client handshake", () => {
  test("an IP address is checked like a name, without SNI", async () => {
    const csms = await startTlsCsms({ SNICallback: (_name, done) => done(new Error("asked")) });
    const here = await runClientHandshake(await raw(csms.port), csmsTls({ name: "127.0.0.1" }), [], 5000);
    expect("leg" in here && here.leg.tls?.facts).toMatchObject({ verdict: "verified", serverName: null });
    const elsewhere = await runClientHandshake(
      await raw(csms.port),
      csmsTls({ name: "127.0.0.2" }),
      [],
      5000,
    );
    expect("failure" in elsewhere && elsewhere.failure.cause).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  test("the secrets for Wireshark are written if a key log is given", async () => {
    const lines: string[] = [];
    const csms = await startTlsCsms();
    const tls = csmsTls({ keylog: (line) => lines.push(line.toString()) });
    expect("leg" in (await runClientHandshake(await raw(csms.port), tls, [], 5000))).toBe(true);
    expect(lines.join("")).toMatch(/^CLIENT_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ [0-9a-f]+$/m);
  });

  test.each([
    ["hangs up", (end: () => void) => end(), "CLOSED"],
    ["answers in plain HTTP", undefined, /^ERR_SSL_/],
  ])("a CSMS that %s is reported", async (_name, leave, cause) => {
    const listener = await new RawListener((peer) => {
      if (leave === undefined) peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
      else leave(() => peer.end());
    }).listen();
    onTestFinished(() => listener.close());
    const outcome = await runClientHandshake(await raw(listener.port), csmsTls(), [], 5000);
    const found = "failure" in outcome ? outcome.failure.cause : "";
    expect(typeof found === "string" ? found : (found as NodeJS.ErrnoException).code).toMatch(cause);
  });
});
