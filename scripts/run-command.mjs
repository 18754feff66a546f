// Runs one program quietly: what it says is kept and given back, to be shown only where it failed.
// Signals that reach us are handed on, so that Ctrl-C leaves nothing running behind.
import { spawn } from "node:child_process";

/** `{ code, output, interrupted }`; the code is 1 where the program could not be started. `onStart` gets its pid. */
export function runCommand(
  command,
  args,
  { cwd, env = process.env, shell = false, onStart = () => {} } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    if (child.pid !== undefined) onStart(child.pid);
    let output = "";
    let interrupted = false;
    const handOn = (signal) => {
      interrupted = true;
      child.kill(signal);
    };
    process.on("SIGINT", handOn);
    process.on("SIGTERM", handOn);
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    const finish = (code) => {
      process.off("SIGINT", handOn);
      process.off("SIGTERM", handOn);
      resolve({ code, output: output.trimEnd(), interrupted });
    };
    child.once("error", (error) => {
      output += error.message;
      finish(1);
    });
    child.once("close", (code) => finish(code ?? 1));
  });
}
