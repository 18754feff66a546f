// Patterns: what is read, and everything that is wrong at once.
import { expect, test } from "vitest";
import { readLinePattern } from "../../../../src/cassette/formats/lines/pattern.js";

test("a small pattern is enough", () => {
  const read = readLinePattern({ match: "^(?<message>.*)$" }, "mine");
  expect(read).toMatchObject({
    ok: { name: "mine", kind: "lines", order: "auto", unescape: "none", multiLine: false, exact: true },
  });
});

test("everything wrong is said at once, with what was meant", () => {
  const read = readLinePattern(
    {
      match: ["(", "(?<massage>x)"],
      ordre: "auto",
      unescape: "json",
      exact: "yes",
      zone: "CET",
      directions: { up: 1 },
    },
    "mine",
  );
  const said = "issues" in read ? read.issues.join("\n") : "";
  for (const part of [
    /no regular expression/,
    /"ordre"; did you mean order/,
    /unescape is "json"; it must be none/,
    /exact is "yes"/,
    /zone is "CET"/,
    /directions\."up"/,
  ])
    expect(said).toMatch(part);
});

test("groups and the place of the message are checked", () => {
  expect(readLinePattern({ match: "(?<massage>x)" }, "m")).toMatchObject({
    issues: [expect.stringMatching(/did you mean message/), expect.stringMatching(/no group \(\?<message>/)],
  });
  expect(readLinePattern({ kind: "csv" }, "m")).toMatchObject({
    issues: [expect.stringMatching(/fields.message/)],
  });
  expect(readLinePattern([], "m")).toMatchObject({ issues: [expect.stringMatching(/map/)] });
});
