import { getCiphers } from "node:tls";
import { expect, test } from "vitest";
import { opensslSuites } from "../../../src/wire/tls/openssl-suites.js";

test.each(Object.entries(opensslSuites))("OpenSSL supports %s under the name %s", (_name, openssl) => {
  expect(getCiphers()).toContain(openssl.toLowerCase());
});
