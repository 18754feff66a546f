// One upgrade of a probe: its request, and how it reads the answers.
import { expect, onTestFinished, test } from "vitest";
import { startDeadline } from "../../../src/io/probe/probe-step.js";
import { tryUpgrade } from "../../../src/io/probe/probe-upgrade.js";
import { dial } from "../../../src/io/sockets/dial.js";
import { plainLeg } from "../../../src/io/tls/tls-settings.js";
import { RawListener, type RawPeer } from "../../support/peers/raw-peer.js";

const ask = async (answer: string, subprotocol: string | undefined, authorization?: string) => {
  const csms = await new RawListener(
    (peer: RawPeer) =>
      void peer.head().then(
        () => {
          if (answer === "") peer.end();
          else peer.send(answer);
        },
        () => undefined,
      ),
  ).listen();
  onTestFinished(() => csms.close());
  const outcome = await tryUpgrade(
    {
      dial: async (timeoutMs) => {
        const dialled = await dial("127.0.0.1", csms.port, timeoutMs);
        return "socket" in dialled
          ? { kind: "leg", leg: plainLeg(dialled.socket) }
          : { kind: "unreachable", error: dialled.error };
      },
      url: new URL("ws://csms.example:9000/base"),
      identity: "CP 1",
      authorization: () => authorization,
      deadline: startDeadline(5000),
    },
    subprotocol,
  );
  return { outcome, csms };
};

const agree = "HTTP/1.1 101 X\r\nDate: Sun, 01 Mar 2026 10:00:00 GMT\r\n";

test("a probe's upgrade has the base path, Host, password and one subprotocol, and ends with a close frame", async () => {
  const { outcome, csms } = await ask(
    `${agree}Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n`,
    "ocpp1.6",
    "Basic QQ==",
  );
  expect(outcome).toMatchObject({ agreed: true, date: "Sun, 01 Mar 2026 10:00:00 GMT" });
  expect(outcome.step).toMatchObject({ step: "upgrade", result: "yes", message: "ocpp1.6: 101, agreed" });
  const [peer] = csms.peers;
  await peer?.until(({ bytes }) => bytes.at(-8) === 0x88);
  expect(peer?.text).toMatch(/^GET \/base\/CP%201 HTTP\/1\.1\r\nHost: csms\.example:9000\r\n/);
  expect(peer?.text).toMatch(/Sec-WebSocket-Protocol: ocpp1\.6\r\nAuthorization: Basic QQ==\r\n\r\n/);
});

test.each([
  [`${agree}\r\n`, "ocpp2.1", false, /ocpp2\.1: 101, but without a subprotocol: no common OCPP version/],
  [`${agree}Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n`, "ocpp2.1", false, /101, but with ocpp1\.6: no common/],
  [`${agree}\r\n`, undefined, true, /no subprotocol: 101, no subprotocol chosen/],
  [
    "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nunknown",
    "ocpp1.6",
    false,
    /404 Not Found, "unknown"; likely: the path is wrong/,
  ],
  ["HTTP/1.1 401 No\r\n\r\n", "ocpp1.6", false, /got none/],
  ["SSH-2.0-x\r\n\r\n", "ocpp1.6", false, /not HTTP/],
  ["", "ocpp1.6", false, /closed without an answer/],
] as const)(
  "the answer %j to an upgrade with %j is accepted: %j",
  async (answer, subprotocol, agreed, message) => {
    const { outcome } = await ask(answer, subprotocol);
    expect(outcome.agreed).toBe(agreed);
    expect(outcome.step.message).toMatch(message);
  },
);

test("a probe reports why a CSMS was not reached", async () => {
  const error: NodeJS.ErrnoException = Object.assign(new Error("x"), { code: "ECONNREFUSED" });
  const outcome = await tryUpgrade(
    {
      dial: () => Promise.resolve({ kind: "unreachable", error }),
      url: new URL("ws://csms.example/"),
      identity: "CP1",
      authorization: () => undefined,
      deadline: startDeadline(5000),
    },
    "ocpp1.6",
  );
  expect(outcome.step).toMatchObject({
    result: "no",
    message: "ocpp1.6: nothing listens there (ECONNREFUSED)",
  });
});
