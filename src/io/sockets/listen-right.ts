// The hint for a port that may not be listened on: the command that gives the right on this system.

import { realpathSync } from "node:fs";

/** What the hint depends on. */
export interface ListenSystem {
  readonly platform: NodeJS.Platform;
  /** The path of the program that listens: Node. */
  readonly program: string;
}

/** This system. Links to Node are followed, because the right belongs to the file itself. */
export function thisSystem(): ListenSystem {
  let program = process.execPath;
  try {
    program = realpathSync(program);
  } catch {
    // Use the name by which it was started.
  }
  return { platform: process.platform, program };
}

const quoted = (path: string): string =>
  /^[\w/.+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** The command that gives the right to listen on this port, and alternatives. */
export function listenRightHint(port: number, { platform, program }: ListenSystem): string {
  switch (platform) {
    case "linux":
      return [
        `Give Node the right: sudo setcap cap_net_bind_service=+ep ${quoted(program)}`,
        `or allow all programs to use ports from ${port} up: sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
        "or start it with authbind (authbind --deep ocpp-vcr record ...), or choose a port from 1024 up with --listen.",
      ].join("\n  ");
    case "darwin":
      return `Listen on all addresses (--listen 0.0.0.0:${port}), which needs no right on macOS, or start it with sudo, or choose a port from 1024 up.`;
    case "win32":
      return `The port is reserved. List the reserved ports: netsh interface ipv4 show excludedportrange protocol=tcp. Stopping winnat (net stop winnat) may free it. Or choose another port with --listen.`;
    default:
      return "Start it with the right to listen on ports below 1024, or choose a higher port with --listen.";
  }
}
