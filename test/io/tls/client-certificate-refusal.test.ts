import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { refuseClientCertificate } from "../../../src/io/tls/client-certificate-refusal.js";
import { dialRaw, RawListener } from "../../support/peers/raw-peer.js";

const record = (type: number, ...body: readonly number[]): Buffer =>
  Buffer.from([type, 3, 3, 0, body.length, ...body]);

test("records are passed up to the Certificate message, which is answered with an alert", async () => {
  const listener = await new RawListener().listen();
  const charger = await dialRaw(listener.port);
  const { socket: raw } = await listener.accept();
  onTestFinished(() => listener.close());
  raw.removeAllListeners("data");
  const hello = record(22, 1, 0, 0, 0);
  let refused = 0;
  const stream = refuseClientCertificate(raw, hello, 42, () => refused++);
  const [first] = (await once(stream, "data")) as [Buffer];
  expect(first.equals(hello)).toBe(true);
  stream.write("answer");
  const certificate = record(22, 11, 0, 0, 3, 0, 0, 0);
  charger.send(certificate.subarray(0, 6));
  charger.send(certificate.subarray(6));
  await charger.until((peer) => peer.bytes.length >= 13);
  expect(charger.text.slice(0, 6)).toBe("answer");
  expect([...charger.bytes.subarray(6)]).toEqual([21, 3, 3, 0, 2, 2, 42]);
  expect(refused).toBe(1);
  raw.destroy();
});
