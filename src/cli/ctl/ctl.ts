// `ocpp-vcr ctl`: the client of the admin API. Exit codes: 0, 1 (the time of `wait` is over), 2 (usage, or refused),
// 3 (no admin API answers).

import type { Command } from "commander";
import type { AdminClient, AdminRequest } from "../../admin/client.js";
import { addExamples } from "../common/examples.js";
import type { CliSession } from "../common/session.js";
import { wholeNumber } from "../common/values.js";
import { ctlExamples } from "./ctl-examples.js";
import { registerCtlMessages } from "./ctl-messages.js";
import { addCtlOptions, type CtlOptions, clientOf, printAnswer } from "./ctl-options.js";
import { registerCtlRecordings } from "./ctl-recordings.js";
import { registerCtlRules } from "./ctl-rules.js";
import { connectionDetail, connectionLines } from "./ctl-words.js";

interface CloseOptions extends CtlOptions {
  readonly code?: number;
  readonly reason?: string;
}

interface InjectOptions extends CtlOptions {
  readonly direction: string;
  readonly now?: boolean;
}

interface Listed {
  readonly connections: readonly { readonly id: string; readonly identity: string }[];
}

/** The id of a connection, which is given as its id, or as its charge point if that has only one connection. */
const idOf = async (client: AdminClient, name: string): Promise<string> => {
  const { value } = await client.ask({ method: "GET", path: "/v1/connections" });
  const { connections } = value as Listed;
  const own = connections.filter(({ identity }) => identity === name);
  const [only] = own;
  const isId = connections.some(({ id }) => id === name);
  return !isId && own.length === 1 && only !== undefined ? only.id : name;
};

const command = async (
  session: CliSession,
  options: CtlOptions,
  name: string,
  word: string,
  json: unknown = {},
): Promise<void> => {
  const client = clientOf(session, options);
  const id = await idOf(client, name);
  const path = `/v1/connections/${encodeURIComponent(id)}/${word}`;
  const { value } = await client.ask({ method: "POST", path, json });
  printAnswer(session, options, value, () => [`connection ${id}: ${word}`]);
};

const show = async (
  session: CliSession,
  options: CtlOptions,
  request: AdminRequest,
  linesOf: (value: unknown) => readonly string[],
): Promise<void> => {
  const { value } = await clientOf(session, options).ask(request);
  printAnswer(session, options, value, () => linesOf(value));
};

const registerConnections = (ctl: Command, session: CliSession): void => {
  const add = (name: string, description: string): Command =>
    addCtlOptions(ctl.command(name).description(description));
  add("connections", "list the open connections, or show one with its open CALLs and its TLS")
    .argument("[connection]", "its id, or its charge point")
    .action(async (name: string | undefined, options: CtlOptions) => {
      if (name === undefined)
        return show(session, options, { method: "GET", path: "/v1/connections" }, connectionLines);
      const id = await idOf(clientOf(session, options), name);
      const path = `/v1/connections/${encodeURIComponent(id)}`;
      return show(session, options, { method: "GET", path }, connectionDetail);
    });
  const simple = (name: string, word: string, description: string): void => {
    add(name, description)
      .argument("<connection>", "its id, or its charge point")
      .action((id: string, options: CtlOptions) => command(session, options, id, word));
  };
  simple("reset-connection", "reset", "reset both sides of a connection (TCP RST)");
  simple("pause", "pause", "stop reading from both sides until resume; nothing is lost");
  simple("resume", "resume", "read from both sides again");
  simple(
    "release",
    "release",
    "release the messages that rules hold until a command (hold: { until: command })",
  );
  add("close", "send a close frame to both sides of a connection")
    .argument("<connection>", "its id, or its charge point")
    .option("--code <n>", "the status code of the close frames (default: 1000)", wholeNumber(1000))
    .option("--reason <text>", "the reason in the close frames")
    .action((id: string, options: CloseOptions) => {
      const { code, reason } = options;
      return command(session, options, id, "close", { code, reason });
    });
  add("inject", "send a message of your own; the answer to an injected CALL does not reach the other side")
    .argument("<connection>", "its id, or its charge point")
    .argument("<message>", 'the message, like [2,"x1","Reset",{"type":"Soft"}]')
    .option("--direction <way>", "cp-to-csms or csms-to-cp", "csms-to-cp")
    .option("--now", "do not wait until no CALL of that direction is open")
    .action((id: string, text: string, options: InjectOptions) => {
      const { direction, now } = options;
      return command(session, options, id, "inject", {
        direction,
        text,
        when: now === true ? "now" : "idle",
      });
    });
};

const registerWhole = (ctl: Command, session: CliSession): void => {
  addCtlOptions(
    ctl
      .command("reset")
      .description("turn everything off at once: disarm every rule, resume every paused connection"),
  ).action((options: CtlOptions) =>
    show(session, options, { method: "POST", path: "/v1/reset", json: {} }, (value) => {
      const { disarmed, resumed } = value as { disarmed: number; resumed: number };
      return [`rules disarmed: ${disarmed}, connections resumed: ${resumed}`];
    }),
  );
};

/** Adds `ctl` to the program. */
export function registerCtl(program: Command, session: CliSession): void {
  const ctl = program
    .command("ctl")
    .description("Control a running record --admin: connections, rules, messages, recordings.")
    .addHelpText(
      "after",
      `
Examples:
  ocpp-vcr ctl connections
  ocpp-vcr ctl rules add examples/lose-start-answer.yaml
  ocpp-vcr ctl arm lose-start-answer --ttl 5m
  ocpp-vcr ctl wait --action BootNotification --type CALL --count 1 --timeout 10s
  ocpp-vcr ctl inject CP1 '[2,"x1","Reset",{"type":"Soft"}]'
  ocpp-vcr ctl release CP1
  ocpp-vcr ctl reset

The token is read from recordings/admin-token, --admin-token-file or OCPP_VCR_ADMIN_TOKEN.
Exit codes: 0, 1 (the time of wait is over), 2 (usage, or refused), 3 (no admin API answers).`,
    );
  registerConnections(ctl, session);
  registerCtlRules(ctl, session);
  registerCtlMessages(ctl, session);
  registerCtlRecordings(ctl, session);
  registerWhole(ctl, session);
  addExamples(program, ctlExamples);
}
