// The options that all commands of `ctl` have, and how they print answers.

import { type Command, InvalidArgumentError, Option } from "commander";
import { AdminClient } from "../../admin/client.js";
import { findToken } from "../../admin/http/token.js";
import { jsonLine } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { ctlHint } from "./ctl-hints.js";

/** The options of every command of `ctl`. */
export interface CtlOptions {
  readonly admin: URL;
  readonly adminTokenFile: string;
  readonly json?: boolean;
}

const adminUrl = (word: string): URL => {
  // The same spellings as record --admin, so that one setting serves both.
  const text = /^\d+$/.test(word)
    ? `http://127.0.0.1:${word}`
    : word.includes("://")
      ? word
      : `http://${word}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== "http:" || url.username !== "" || url.search !== "")
    throw new InvalidArgumentError(
      `"${word}" is not the address of an admin API; write http://127.0.0.1:9311.`,
    );
  return url;
};

/** Adds these options to a command. */
export function addCtlOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--admin <url>", "the admin API that record printed, or its [host:]port")
        .argParser(adminUrl)
        .default(new URL("http://127.0.0.1:9311"), "http://127.0.0.1:9311"),
    )
    .option("--admin-token-file <file>", "the file with its token", "recordings/admin-token")
    .option("--json", "print the answer as JSON");
}

/** The client for these options. Throws VcrError USAGE if the token or its file is not safe to use. */
export function clientOf(session: CliSession, { admin, adminTokenFile }: CtlOptions): AdminClient {
  const environment = session.env.OCPP_VCR_ADMIN_TOKEN;
  const token = findToken({ environment, file: adminTokenFile, fallback: adminTokenFile });
  return new AdminClient({ url: admin, token, hintOf: ctlHint });
}

/** Prints an answer: as JSON, or as the lines that are given. */
export function printAnswer(
  session: CliSession,
  { json }: CtlOptions,
  value: unknown,
  lines: () => readonly string[],
): void {
  if (json === true) session.out(jsonLine(value));
  else for (const line of lines()) session.out(line);
}
