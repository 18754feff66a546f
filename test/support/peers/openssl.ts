// Runs openssl, which checks certificates more strictly than node:crypto.
import { spawnSync } from "node:child_process";

/** The output of openssl and how it ended. */
export interface OpensslResult {
  readonly code: number | null;
  /** stdout and stderr. */
  readonly text: string;
}

/** Runs openssl with these arguments. */
export function openssl(...argv: readonly string[]): OpensslResult {
  const { status, stdout, stderr } = spawnSync("openssl", argv, { encoding: "utf8", input: "" });
  return { code: status, text: `${stdout}${stderr}` };
}

/** `openssl verify -x509_strict`: "OK", or the error's number and text. */
export function verifyStrictly(root: string, file: string, ...more: readonly string[]): string {
  const { code, text } = openssl("verify", "-x509_strict", "-CAfile", root, ...more, file);
  const error = /error (\d+ at \d+ depth lookup: .+)/.exec(text)?.[1];
  return code === 0 ? "OK" : (error ?? text);
}
