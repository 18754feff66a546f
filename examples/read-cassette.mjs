// Counts the CALLs of each action in a cassette.
//   node examples/read-cassette.mjs recordings/sample-1.6.cassette
import { inflate, messagesOf, parseEnvelope, readCassetteFile } from "ocpp-vcr";

const cassette = await readCassetteFile(process.argv[2]);
const counts = new Map();
for (const { text } of messagesOf(
  cassette.entries.map(({ entry }) => entry),
  inflate,
)) {
  const envelope = text === undefined ? undefined : parseEnvelope(text);
  if (envelope?.kind === "call") counts.set(envelope.action, (counts.get(envelope.action) ?? 0) + 1);
}
for (const [action, count] of counts) console.log(`${count} x ${action}`);
