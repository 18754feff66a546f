// Faults from a program: the answer to StartTransaction is lost, once, while a test runs.
//   node examples/library/disturb.mjs ws://127.0.0.1:9000/ocpp
import { record } from "ocpp-vcr";

const proxy = await record({ csms: process.argv[2] ?? "embedded" });
proxy.rules.add(`version: 1
rules:
  - id: lose-start
    when: { action: StartTransaction, type: CALLRESULT }
    then: [ drop: {} ]
`);
proxy.rules.arm("lose-start", { forMs: 60_000 });
console.log(
  `armed: ${proxy.rules
    .list()
    .filter(({ armed }) => armed)
    .map(({ rule }) => rule.id)}`,
);
await proxy.close();
