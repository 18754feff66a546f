// docs/reference/record.md lists the options of `record` as its help does.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createProgram } from "../../src/cli/main.js";
import { sessionTo } from "../support/runs/cli-session.js";

test("the reference page of record lists every option with the words of its help", async () => {
  const page = readFileSync("docs/reference/record.md", "utf8");
  const session = sessionTo(
    () => undefined,
    () => undefined,
  );
  const [record] = (await createProgram(session, "record")).commands;
  const rows = (record?.options ?? []).map(({ flags, description }) =>
    `| \`${flags}\` | ${description}`.replaceAll("|", "\\|").replace("\\|", "|").replace(" \\| ", " | "),
  );
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) expect(page).toContain(row);
});
