#!/usr/bin/env node
// The launcher: finds the built command line and hands it the arguments.
import { existsSync } from "node:fs";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  // Nothing is left to do by then. Without it Node 20 may take a reset socket apart for ever, at full speed.
  process.once("exit", (code) => process.exit(code));
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write("ocpp-vcr is not built yet: run `npm run build` (or `npm start`) first.\n");
  process.exitCode = 2;
}
