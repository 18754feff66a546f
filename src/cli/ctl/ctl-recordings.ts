// The commands of `ctl` about cassettes: list them, stop and start recording, add markers, export the content so far.

import type { Command } from "commander";
import type { AdminRequest } from "../../admin/client.js";
import { utf8 } from "../../base/bytes.js";
import { refuseExisting, writeWholeFile } from "../../io/cassette/cassette-file.js";
import { outTexts } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";
import { addCtlOptions, type CtlOptions, clientOf, printAnswer } from "./ctl-options.js";
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
      "only this charge point",
    );
  const run = async (
    options: CtlOptions,
    request: AdminRequest,
    linesOf: (value: unknown) => readonly string[],
  ): Promise<void> => {
    const { value } = await clientOf(session, options).ask(request);
    printAnswer(session, options, value, () => linesOf(value));
  };
  addCtlOptions(ctl.command("recordings").description("list the cassettes of the run")).action(
    (options: CtlOptions) => run(options, { method: "GET", path: "/v1/recordings" }, recordingLines),
  );
  for (const word of ["start", "stop"] as const)
    add(
      `${word}-recording`,
      word === "stop" ? "stop recording; traffic goes on, and the cassettes get a note" : "record again",
    ).action((options: OfOne) => {
      const { identity } = options;
      return run(
        options,
        { method: "POST", path: `/v1/recordings/${word}`, json: { identity } },
        recordingLines,
      );
    });
  add("marker", "add a marker to the cassettes")
    .argument("<text>", "the text of the marker")
    .action((text: string, options: OfOne) => {
      const json = { text, identity: options.identity };
      return run(options, { method: "POST", path: "/v1/recordings/marker", json }, (value) => [
        `cassettes marked: ${(value as { marked: number }).marked}`,
      ]);
    });
  add("export", "export the cassettes so far as NDJSON, one line for each entry")
    .option("-o, --output <file>", "write to this file instead of stdout")
    .action(async (options: ExportOptions) => {
      const { identity, output } = options;
      if (output !== undefined) refuseExisting(output, false);
      const request = { method: "GET", path: "/v1/recordings/export", query: { identity } } as const;
      const texts = clientOf(session, options).stream(request);
      if (output === undefined) await outTexts(texts);
      else await writeWholeFile(output, encoded(texts));
    });
}
