// The commands of `ctl` about cassettes: list, stop and start them, mark them, and take their content so far.

import type { Command } from "commander";
import type { AdminRequest } from "../../admin/client.js";
import { utf8 } from "../../base/bytes.js";
import { refuseExisting, writeWholeFile } from "../../io/cassette/cassette-file.js";
import { outTexts } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";
import { addCtlOptions, type CtlOptions, clientOf, tell } from "./ctl-options.js";
import { recordingLines } from "./ctl-words.js";

interface OfOne extends CtlOptions {
  readonly identity?: string;
}

interface ExportOptions extends OfOne {
  readonly output?: string;
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield utf8(text);
}

/** Adds the commands about cassettes. */
export function registerCtlRecordings(ctl: Command, session: CliSession): void {
  const add = (name: string, description: string): Command =>
    addCtlOptions(ctl.command(name).description(description)).option(
      "--identity <id>",
      "of this charge point alone",
    );
  const run = async (
    options: CtlOptions,
    request: AdminRequest,
    words: (value: unknown) => readonly string[],
  ): Promise<void> => {
    const { value } = await clientOf(session, options).ask(request);
    tell(session, options, value, () => words(value));
  };
  addCtlOptions(ctl.command("recordings").description("list the cassettes of the run")).action(
    (options: CtlOptions) => run(options, { method: "GET", path: "/v1/recordings" }, recordingLines),
  );
  for (const word of ["start", "stop"] as const)
    add(
      `${word}-recording`,
      word === "stop" ? "leave traffic out of the cassettes, which say so" : "record again",
    ).action((options: OfOne) => {
      const { identity } = options;
      return run(
        options,
        { method: "POST", path: `/v1/recordings/${word}`, json: { identity } },
        recordingLines,
      );
    });
  add("marker", "put a marker on the cassettes")
    .argument("<text>", "what it says")
    .action((text: string, options: OfOne) => {
      const json = { text, identity: options.identity };
      return run(options, { method: "POST", path: "/v1/recordings/marker", json }, (value) => [
        `marked ${(value as { marked: number }).marked} cassettes`,
      ]);
    });
  add("export", "the cassettes so far, a line of JSON for every entry")
    .option("-o, --output <file>", "a file instead of stdout")
    .action(async (options: ExportOptions) => {
      const { identity, output } = options;
      if (output !== undefined) refuseExisting(output, false);
      const request = { method: "GET", path: "/v1/recordings/export", query: { identity } } as const;
      const texts = clientOf(session, options).stream(request);
      if (output === undefined) await outTexts(texts);
      else await writeWholeFile(output, encoded(texts));
    });
}
