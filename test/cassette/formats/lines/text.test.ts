// Messages as logs write them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BracketCount, isCutOff, unescapeText } from "../../../../src/cassette/formats/lines/text.js";

describe("unescapeText", () => {
  test("reads back any text that JSON, CSV or HTML escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unescapeText(JSON.stringify(text).slice(1, -1), "backslash")).toBe(text);
        expect(unescapeText(text.replaceAll('"', '""'), "doubled-quotes")).toBe(text);
        const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
        expect(unescapeText(html, "html")).toBe(text);
        expect(unescapeText(text, "none")).toBe(text);
      }),
    );
  });

  test("keeps what is no escape, and what was cut inside one", () => {
    expect(unescapeText("\\x41\\'\\U0001F600 \\q \\u12", "backslash")).toBe("A'\u{1F600} \\q \\u12");
    expect(unescapeText("&#91;2&#x5D; &nobody; &qu</pre></td>", "html")).toBe("[2] &nobody; &qu");
  });
});

describe("isCutOff", () => {
  test.each(['[2,"1","Heart', '[2,"1","Heartbeat",{"a":"...', '[2,"1","a",{"b":1...', '[2,"1"'])(
    "%s is",
    (text) => {
      expect(isCutOff(text)).toBe(true);
    },
  );
  test.each(['[2,"1","a",{}]', '[2,"1","a",{"b":"["}]', "", "hello", '[3,"1",{"unknownKey":[]}'])(
    "%s is not",
    (text) => {
      expect(isCutOff(text)).toBe(false);
    },
  );
});

test("brackets are counted over any cutting", () => {
  const whole = '[2,"a]\\"[","x",{"y":[1,2]}]';
  for (let cut = 0; cut < whole.length; cut++) {
    const brackets = new BracketCount();
    expect(brackets.take(whole.slice(0, cut))).toBe(false);
    expect(brackets.take(whole.slice(cut))).toBe(true);
  }
});
