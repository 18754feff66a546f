// Texts escaped for a page.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeHtml, jsonForScript } from "../../../src/analyse/report/html.js";

describe("escapeHtml", () => {
  test("escaped text has no character that HTML or a terminal interprets", () => {
    expect(escapeHtml(`<b a="1" b='2'>&\u202e\u0000`)).toBe(
      "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\\u202e\\u0000",
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[<>"'\u007f]/.test(escapeHtml(text))));
  });

  test("a text is cut before it is escaped", () => {
    expect(escapeHtml("<<<", 2)).toBe("&lt;&lt;…");
  });
});

describe("jsonForScript", () => {
  test("JSON for a script element keeps its value and has no character of a tag", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = jsonForScript(value);
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(jsonForScript("</script>\u2028")).toBe('"\\u003c/script\\u003e\\u2028"');
  });
});
