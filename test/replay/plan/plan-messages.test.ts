// The messages of a recording at the entries that complete them.
import { expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { messagesAt } from "../../../src/replay/plan/plan-messages.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

test("a message of two frames is at its second frame, and an incomplete one has no text", () => {
  const entries = dialogueRecording([
    "1 dial",
    "1> hex:01025b33",
    "1> hex:80012c",
    "1> hex:01015b",
    "1 close",
  ]);
  const found = messagesAt(entries, messagesOf(entries));
  const frames = [...entries.keys()].filter((position) => entries[position]?.kind === "frame");
  expect(frames.map((position) => found.get(position))).toMatchObject(
    [
      "part",
      { text: "[3,", frames: [{}, {}], inflated: false },
      { frames: [{}] },
      ...(frames.length > 3 ? [undefined] : []),
    ].slice(0, frames.length),
  );
  expect(found.get(frames[2] ?? -1)).toMatchObject({ text: undefined });
});
