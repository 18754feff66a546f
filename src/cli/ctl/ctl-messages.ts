// The commands of `ctl` about traffic: the last messages, waiting for messages, live events and metrics.

import type { Command } from "commander";
import { outTexts } from "../common/cassettes.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { addCtlOptions, type CtlOptions, clientOf, printAnswer } from "./ctl-options.js";
import { messageLines, nearMissLines } from "./ctl-words.js";

interface FilterOptions extends CtlOptions {
  readonly direction?: string;
  readonly type?: string;
  readonly action?: string;
  readonly identity?: string;
  readonly like?: string;
  readonly connection?: string;
  readonly text?: string;
  readonly since?: string;
}

interface WaitOptions extends FilterOptions {
  readonly count: string;
  readonly timeout: string;
}

interface EventOptions extends CtlOptions {
  readonly identity?: string;
  readonly kind?: string;
}

const addFilters = (command: Command): Command =>
  command
    .option("--action <glob>", "messages with this action; an answer has the action of its CALL")
    .option("--type <type>", "CALL, CALLRESULT, CALLERROR ...")
    .option("--direction <way>", "cp-to-csms or csms-to-cp")
    .option("--identity <id>", "only this charge point")
    .option("--like <glob>", "only charge points that match")
    .option("--connection <id>", "only this connection")
    .option("--text <part>", "messages whose text contains this")
    .option("--since <n>", "messages after this number; 0 for all that are kept");

const queryOf = (options: FilterOptions): Readonly<Record<string, string | undefined>> => {
  const { direction, type, action, identity, like, connection, text, since } = options;
  return { direction, type, action, identity, identityLike: like, connection, text, since };
};

const wait = async (session: CliSession, options: WaitOptions): Promise<void> => {
  const { count, timeout } = options;
  const query = { ...queryOf(options), count, timeout };
  const path = "/v1/messages/wait";
  const { status, value } = await clientOf(session, options).ask({
    method: "GET",
    path,
    query,
    answers: [408],
  });
  const isTimeout = status === 408;
  printAnswer(session, options, value, () => [
    ...messageLines(value),
    ...(isTimeout ? nearMissLines(value) : []),
    ...(isTimeout ? [`timeout: ${String((value as { message?: unknown }).message)}`] : []),
  ]);
  if (isTimeout) raiseExitCode(session, 1);
};

/** The data of Server-Sent Events, as they come. */
async function* dataOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of texts) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) yield line.slice("data: ".length);
  }
}

const events = async (session: CliSession, options: EventOptions): Promise<void> => {
  const { identity, kind } = options;
  const request = { method: "GET", path: "/v1/events", query: { identity, kind } } as const;
  const lines = (async (): Promise<void> => {
    for await (const line of dataOf(clientOf(session, options).stream(request))) session.tick(line);
  })();
  await Promise.race([lines, session.untilStopped().then(() => process.exit(0))]);
};

/** Adds the commands about traffic. */
export function registerCtlMessages(ctl: Command, session: CliSession): void {
  addFilters(addCtlOptions(ctl.command("messages").description("list the last messages")))
    .option("--limit <n>", "at most this many, the last ones (default: 100)")
    .action(async (options: FilterOptions & { readonly limit?: string }) => {
      const query = { ...queryOf(options), limit: options.limit };
      const { value } = await clientOf(session, options).ask({ method: "GET", path: "/v1/messages", query });
      printAnswer(session, options, value, () => messageLines(value));
    });
  addFilters(
    addCtlOptions(
      ctl.command("wait").description("wait until messages have come; with --since, kept messages count too"),
    ),
  )
    .option("--count <n>", "how many messages", "1")
    .option("--timeout <time>", "how long to wait, like 30s", "30s")
    .action((options: WaitOptions) => wait(session, options));
  addCtlOptions(ctl.command("events").description("follow everything as it happens, one line of JSON each"))
    .option("--identity <id>", "only this charge point")
    .option("--kind <kinds>", "only these kinds of entries: frame,decision,note")
    .action((options: EventOptions) => events(session, options));
  addCtlOptions(ctl.command("metrics").description("print the metrics for Prometheus")).action(
    async (options: CtlOptions) => {
      await outTexts(clientOf(session, options).stream({ method: "GET", path: "/metrics" }));
    },
  );
}
