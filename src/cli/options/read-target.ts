// The target of `replay` and `sweep` from their options. Passwords come from files and the environment; they are read here,
// once, and never printed.

import { readFileSync } from "node:fs";
import type { TargetSettings } from "../../app/replay/replay-target.js";
import type { Environment } from "../../app/surroundings.js";
import { utf8 } from "../../base/bytes.js";
import { errorText, VcrError } from "../../base/errors.js";
import { printable } from "../../text/printable.js";
import type { TargetOptions } from "./target-options.js";

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const passwordIn = (path: string): Uint8Array => {
  try {
    const bytes = readFileSync(path);
    let end = bytes.length;
    if (bytes[end - 1] === 0x0a) end--;
    if (bytes[end - 1] === 0x0d) end--;
    return bytes.subarray(0, end);
  } catch (error) {
    const why = errorText(error);
    throw usage(`the password file cannot be read: ${why}`, "Check the path of the password file.");
  }
};

const passwordFromEnv = (env: Environment, name: string): Uint8Array => {
  const value = env[name];
  if (value === undefined || value === "")
    throw usage(
      `the environment variable ${printable(name, 80)} holds no password`,
      "Set it, or name another.",
    );
  return utf8(value);
};

/** The password of identities that have none of their own. */
const commonPassword = (env: Environment, options: TargetOptions): Uint8Array | undefined => {
  const { passwordFile, passwordEnv } = options;
  if (passwordFile !== undefined && passwordEnv !== undefined)
    throw usage("there are two passwords", "Give --password-file or --password-env.");
  if (passwordFile !== undefined) return passwordIn(passwordFile);
  if (passwordEnv !== undefined) return passwordFromEnv(env, passwordEnv);
  const standard = env.OCPP_VCR_PASSWORD;
  return standard === undefined || standard === "" ? undefined : utf8(standard);
};

/** The settings of the target. Throws VcrError USAGE for a password that cannot be read. */
export function targetSettingsOf(
  env: Environment,
  options: TargetOptions & { readonly identity?: string },
): TargetSettings {
  const { identity, mapIdentity, mapIdTag, set, csmsBasic } = options;
  const credentials = new Map(
    (options.credential ?? []).map(({ identity: of, kind, name }) => [
      of,
      kind === "file" ? passwordIn(name) : passwordFromEnv(env, name),
    ]),
  );
  const password = commonPassword(env, options);
  return { identity, mapIdentity, mapIdTag, set, csmsBasic, credentials, password };
}
