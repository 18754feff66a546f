// `ocpp-vcr show --html`: writes the page about one cassette to a file.

import { recordingPage } from "../../analyse/report/recording-page.js";
import { recordingReport } from "../../analyse/report/recording-report.js";
import { utf8 } from "../../base/bytes.js";
import { VcrError } from "../../base/errors.js";
import { listCassettes, refuseExisting, writeWholeFile } from "../../io/cassette/cassette-file.js";
import { inflate } from "../../io/platform/inflate.js";
import { eachCassette, entriesOf } from "../common/cassettes.js";
import { sha256Base64 } from "../common/report-file.js";
import type { CliSession } from "../common/session.js";

/** Writes the page about the only cassette of the paths. Throws VcrError USAGE if there are several. */
export async function writePage(
  session: CliSession,
  paths: readonly string[],
  output: string,
  replace: boolean,
): Promise<void> {
  const { length } = listCassettes(paths);
  if (length !== 1)
    throw new VcrError(
      "USAGE",
      `--html writes the page of one cassette, but the paths contain ${length}`,
      "Name one cassette.",
    );
  refuseExisting(output, replace, "Choose another name, or use --force.");
  for await (const file of eachCassette(session, paths)) {
    const page = recordingPage(recordingReport(entriesOf(file), inflate), sha256Base64);
    await writeWholeFile(output, [utf8(page)], replace);
  }
}
