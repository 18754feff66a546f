// Why a port may not be listened on, and the command that gives the right on this system. Words only; nothing is tried.

import { realpathSync } from "node:fs";

/** What the words depend on. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** The program that would listen: Node's. */
  readonly program: string;
}

/** This system; links to Node are followed, because a right belongs to the file itself. */
export function thisSystem(): System {
  let program = process.execPath;
  try {
    program = realpathSync(program);
  } catch {
    // The name by which it was started serves as well.
  }
  return { platform: process.platform, program };
}

const quoted = (path: string): string =>
  /^[\w/.+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** The command that gives the right to listen on this port, and what else can be done. */
export function rightToListen(port: number, { platform, program }: System): string {
  switch (platform) {
    case "linux":
      return [
        `Give Node the right: sudo setcap cap_net_bind_service=+ep ${quoted(program)}`,
        `or open the ports from ${port} up to everybody: sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
        "or start it by authbind (authbind --deep ocpp-vcr record ...), or choose a port from 1024 up with --listen.",
      ].join("\n  ");
    case "darwin":
      return `Listen on all addresses (--listen 0.0.0.0:${port}), which needs no right on macOS, or start it by sudo, or choose a port from 1024 up.`;
    case "win32":
      return `The port is reserved: netsh interface ipv4 show excludedportrange protocol=tcp lists what is; net stop winnat may free it. Or choose another with --listen.`;
    default:
      return "Start it with the right to open ports below 1024, or choose a higher one with --listen.";
  }
}
