// A replay in a program: the verdict, and what differs.
//   node examples/library/replay.mjs recordings/sample-1.6.cassette ws://127.0.0.1:9000/ocpp
import { replay } from "ocpp-vcr";

const [path = "recordings/sample-1.6.cassette", csms = "embedded"] = process.argv.slice(2);
const { verdict, failures, fingerprint } = await replay(path, { csms });
console.log(`${verdict} ${fingerprint}`);
for (const { result, type, action, differences } of failures) console.log(result, type, action, differences);
process.exitCode = verdict === "pass" ? 0 : 1;
