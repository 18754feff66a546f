// Library use: the actions of a cassette and how often each was called.
//   node examples/read-cassette.mjs recordings/sample-1.6.cassette
import { inflate, messagesOf, parseEnvelope, readTapeFile } from "ocpp-vcr";

const tape = await readTapeFile(process.argv[2]);
const counts = new Map();
for (const { text } of messagesOf(
  tape.entries.map(({ entry }) => entry),
  inflate,
)) {
  const envelope = text === undefined ? undefined : parseEnvelope(text);
  if (envelope?.kind === "call") counts.set(envelope.action, (counts.get(envelope.action) ?? 0) + 1);
}
for (const [action, count] of counts) console.log(`${count} x ${action}`);
