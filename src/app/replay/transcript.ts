// The transcript of a replay: its dialogue as a cassette.

import { hideUserinfo } from "../../cassette/hide-secrets.js";
import { type CassetteWriter, createCassetteWriter } from "../../io/cassette/cassette-writer.js";
import type { Clock } from "../../io/platform/clock.js";
import { randomSalt } from "../../io/platform/digests.js";
import { programName } from "../program-name.js";

/** Opens a transcript; `onFailure` is called if it cannot be written. */
export function openTranscript(
  path: string,
  { identity, csms }: { readonly identity: string; readonly csms: URL },
  clock: Clock,
  onFailure: (error: Error) => void,
): CassetteWriter {
  const salt = randomSalt();
  const writer = createCassetteWriter(path, { salt, now: clock.now, wall: clock.wall, onFailure });
  writer.write({
    kind: "session",
    format: 1,
    salt,
    startedAt: clock.startedAt,
    identity,
    capture: "wire",
    source: "replay",
    tool: programName(),
    csms: hideUserinfo(csms.href),
    seed: null,
    rules: null,
  });
  return writer;
}
