// `ocpp-vcr show --html`: the page of one cassette, written to a file.

import { createHash } from "node:crypto";
import { recordingPage } from "../../analyse/report/recording-page.js";
import { recordingReport } from "../../analyse/report/recording-report.js";
import { utf8 } from "../../base/bytes.js";
import { VcrError } from "../../base/errors.js";
import { listCassettes, refuseExisting, writeWholeFile } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { eachCassette, entriesOf } from "../common/cassettes.js";
import type { CliSession } from "../common/session.js";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");

/** Writes the page of the one cassette that the paths name. */
export async function writePage(
  session: CliSession,
  paths: readonly string[],
  output: string,
  replace: boolean,
): Promise<void> {
  const { length } = listCassettes(paths);
  if (length !== 1)
    throw new VcrError("USAGE", `--html makes the page of one cassette, not of ${length}`, "Name one.");
  refuseExisting(output, replace, "Give another name, or --force.");
  for await (const file of eachCassette(session, paths)) {
    const page = recordingPage(recordingReport(entriesOf(file), inflate), sha256Base64);
    await writeWholeFile(output, [utf8(page)], replace);
  }
}
