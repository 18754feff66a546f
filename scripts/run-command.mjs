// Runs one program and returns its output, for callers that print it only after a failure. Signals are passed on, so that
// Ctrl-C leaves nothing running.
import { spawn } from "node:child_process";

/** `{ code, output, interrupted }`; the code is 1 if the program cannot be started. `onStart` gets its process id. */
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
    const passOn = (signal) => {
      interrupted = true;
      child.kill(signal);
    };
    process.on("SIGINT", passOn);
    process.on("SIGTERM", passOn);
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    const finish = (code) => {
      process.off("SIGINT", passOn);
      process.off("SIGTERM", passOn);
      resolve({ code, output: output.trimEnd(), interrupted });
    };
    child.once("error", (error) => {
      output += error.message;
      finish(1);
    });
    child.once("close", (code) => finish(code ?? 1));
  });
}
