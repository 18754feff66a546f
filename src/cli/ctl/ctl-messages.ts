// The commands of `ctl` about traffic: the last messages, waiting for some, the live events and the numbers.

import type { Command } from "commander";
import { outTexts } from "../common/cassettes.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { addCtlOptions, type CtlOptions, clientOf, tell } from "./ctl-options.js";
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
    .option("--action <glob>", "of this action; of an answer, that of its CALL")
    .option("--type <type>", "CALL, CALLRESULT, CALLERROR ...")
    .option("--direction <way>", "cp-to-csms or csms-to-cp")
    .option("--identity <id>", "of exactly this charge point")
    .option("--like <glob>", "of charge points like this")
    .option("--connection <id>", "of this connection")
    .option("--text <part>", "whose text holds this")
    .option("--since <n>", "after the message with this number; 0 for all that are kept");

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
    takes: [408],
  });
  const isOver = status === 408;
  tell(session, options, value, () => [
    ...messageLines(value),
    ...(isOver ? nearMissLines(value) : []),
    ...(isOver ? [`the time is over: ${String((value as { message?: unknown }).message)}`] : []),
  ]);
  if (isOver) raiseExitCode(session, 1);
};

/** The lines of the data of Server-Sent Events, as they come. */
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
  addFilters(addCtlOptions(ctl.command("messages").description("the last messages that came in")))
    .option("--limit <n>", "the last so many (default: 100)")
    .action(async (options: FilterOptions & { readonly limit?: string }) => {
      const query = { ...queryOf(options), limit: options.limit };
      const { value } = await clientOf(session, options).ask({ method: "GET", path: "/v1/messages", query });
      tell(session, options, value, () => messageLines(value));
    });
  addFilters(addCtlOptions(ctl.command("wait").description("wait until messages have come")))
    .option("--count <n>", "how many", "1")
    .option("--timeout <time>", "how long", "30s")
    .action((options: WaitOptions) => wait(session, options));
  addCtlOptions(ctl.command("events").description("everything as it happens, a line of JSON each"))
    .option("--identity <id>", "of exactly this charge point")
    .option("--kind <kinds>", "kinds of entries, with commas: frame,decision,note")
    .action((options: EventOptions) => events(session, options));
  addCtlOptions(ctl.command("metrics").description("the numbers for Prometheus")).action(
    async (options: CtlOptions) => {
      await outTexts(clientOf(session, options).stream({ method: "GET", path: "/metrics" }));
    },
  );
}
