import { getCiphers } from "node:tls";
import { expect, test } from "vitest";
import { opensslSuites } from "../../../src/wire/tls/openssl-suites.js";

test.each(Object.entries(opensslSuites))("%s is known to OpenSSL as %s", (_name, openssl) => {
  expect(getCiphers()).toContain(openssl.toLowerCase());
});
