// The frames of cassettes that know nothing of the wire.
import { describe, expect, test } from "vitest";
import { hex, utf8 } from "../../../src/base/bytes.js";
import { canonicalFrame } from "../../../src/cassette/format/canonical-frame.js";

describe("canonicalFrame", () => {
  test("masks with zeros towards the CSMS and not at all towards the charge point", () => {
    expect(hex(canonicalFrame("cp-to-csms", 1, true, utf8("[]")))).toBe("8182000000005b5d");
    expect(hex(canonicalFrame("csms-to-cp", 2, false, utf8("[]")))).toBe("02025b5d");
  });
});
