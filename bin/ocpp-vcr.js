#!/usr/bin/env node
// Starts the built command line with the arguments of this process.
import { existsSync } from "node:fs";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  // All work is done at this point. Without this line, Node 20 can loop forever while it destroys a reset socket.
  process.once("exit", (code) => process.exit(code));
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write("ocpp-vcr is not built yet: run `npm run build` (or `npm start`) first.\n");
  process.exitCode = 2;
}
