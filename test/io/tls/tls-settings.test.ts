// A leg without TLS.
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { noTls, plainLeg } from "../../../src/io/tls/tls-settings.js";

test("a plain leg is one socket, and TLS that is off has no certificate", () => {
  const socket = new Socket();
  expect(plainLeg(socket)).toEqual({ stream: socket, raw: socket, tls: undefined });
  expect(noTls.mode).toBe("off");
  expect(noTls.credentials("a.example", undefined)).toEqual([]);
});
