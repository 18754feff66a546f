// The commands of `ctl` that the routes name, against the commands that there are.
import type { Command } from "commander";
import { expect, test } from "vitest";
import { allRoutes } from "../../../src/admin/routes/all-routes.js";
import { createProgram } from "../../../src/cli/main.js";
import { sessionTo } from "../../support/runs/cli-session.js";

const leaves = (command: Command, above: string): readonly string[] =>
  command.commands.length === 0
    ? [above]
    : command.commands.flatMap((one) => leaves(one, `${above} ${one.name()}`.trim()));

test("every ctl command is named by the route that it calls, and every named command exists", async () => {
  const program = await createProgram(
    sessionTo(
      () => undefined,
      () => undefined,
    ),
    "ctl",
  );
  const ctl = program.commands.find((command) => command.name() === "ctl") as Command;
  const named = allRoutes.flatMap((route) => route.ctl ?? []).map((name) => name.replace(" CONNECTION", ""));
  expect([...new Set(named)].sort()).toEqual([...leaves(ctl, "")].sort());
});
