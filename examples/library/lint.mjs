// What a cassette shows of defects, smells and events.
//   node examples/library/lint.mjs recordings/sample-1.6.cassette
import { lint, readCassette } from "ocpp-vcr";

const cassette = await readCassette(process.argv[2] ?? "recordings/sample-1.6.cassette");
console.log(`${cassette.identity}: ${cassette.entries.length} entries, ${cassette.state}`);
for (const { class: kind, code, count, message } of await lint(cassette))
  console.log(kind, code, count, message);
