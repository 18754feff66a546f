// What all commands of `ctl` share: where the admin API is, its token, and how answers are told.

import { type Command, InvalidArgumentError, Option } from "commander";
import { AdminClient } from "../../admin/client.js";
import { findToken } from "../../admin/http/token.js";
import { jsonLine } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";

/** What every command of `ctl` is told. */
export interface CtlOptions {
  readonly admin: URL;
  readonly adminTokenFile: string;
  readonly json?: boolean;
}

const adminUrl = (word: string): URL => {
  // As record takes it, so that one setting serves both.
  const text = /^\d+$/.test(word)
    ? `http://127.0.0.1:${word}`
    : word.includes("://")
      ? word
      : `http://${word}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== "http:" || url.username !== "" || url.search !== "")
    throw new InvalidArgumentError(`"${word}" is no address of an admin API; write http://127.0.0.1:9311.`);
  return url;
};

/** Adds the options that every command of `ctl` has. */
export function addCtlOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--admin <url>", "the admin API that record printed, or its [host:]port")
        .argParser(adminUrl)
        .default(new URL("http://127.0.0.1:9311"), "http://127.0.0.1:9311"),
    )
    .option("--admin-token-file <file>", "where its token lies", "recordings/admin-token")
    .option("--json", "the answer as JSON on stdout");
}

/** The client for these options. Throws VcrError USAGE where the token file is unfit. */
export function clientOf(session: CliSession, { admin, adminTokenFile }: CtlOptions): AdminClient {
  const environment = session.env.OCPP_VCR_ADMIN_TOKEN;
  const token = findToken({ environment, file: adminTokenFile, fallback: adminTokenFile });
  return new AdminClient({ url: admin, token });
}

/** Tells an answer: as JSON, or in the words that are given. */
export function tell(
  session: CliSession,
  { json }: CtlOptions,
  value: unknown,
  words: () => readonly string[],
): void {
  if (json === true) session.out(jsonLine(value));
  else for (const line of words()) session.out(line);
}
