// `npm run bench [-- NAME...] [--quick] [--json] [--against CHECKOUT]`: runs the benches named, by default all of them. A bench is a
// file of its own next to this one that exports `run(options)`; docs/reference/bench.md explains the figures.
import { parseArgs } from "node:util";

const benches = {
  relay: () => import("./relay.mjs"),
  rules: () => import("./rules.mjs"),
  ocpp: () => import("./ocpp.mjs"),
};

const usage = `usage: npm run bench -- [${Object.keys(benches).join("|")}]... [--quick] [--json] [--against CHECKOUT]`;

const read = () => {
  try {
    const flag = { type: "boolean" };
    const options = { quick: flag, json: flag, help: flag, against: { type: "string" } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const unknown = positionals.find((name) => !Object.hasOwn(benches, name));
    return unknown === undefined
      ? { values, names: positionals }
      : { error: `there is no bench "${unknown}"` };
  } catch (error) {
    return { error: error.message };
  }
};

const { values, names, error } = read();
if (error !== undefined || values.help === true) {
  console.error(error === undefined ? usage : `${error}\n${usage}`);
  process.exitCode = error === undefined ? 0 : 2;
} else {
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    const { run } = await benches[name]();
    await run({ quick: values.quick === true, json: values.json === true, against: values.against });
  }
}
