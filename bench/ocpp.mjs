// The cost of validating a message, compared with JSON.parse alone, and with JSON.parse and the strict validator of
// ocpp-rpc, which reports the first error without its place. In microseconds of this process's CPU. The variants take
// turns within every round, because other work on the machine shifts all figures; only ratios within one round are
// compared. Also measures whether the cost of a list grows linearly with its length.
import { createRequire } from "node:module";

const bare = { rounds: 15, roundMs: 30, warmMs: 200 };
const quick = { rounds: 7, roundMs: 10, warmMs: 100 };

const lengths = [1, 25, 100, 250, 500, 1000];

/** If an entry in a list of 1000 costs this much more than one in a list of 100, something is not linear. */
const steepest = 1.5;

const time = "2024-01-31T12:00:00Z";
const call = (action, payload) => JSON.stringify([2, "19223201", action, payload]);
const entries = (length, make) => Array.from({ length }, (_, i) => make(i));

const reading = (measurand, unit, value) => ({
  value,
  context: "Sample.Periodic",
  measurand,
  location: "Outlet",
  unit,
});

const meterValues = {
  connectorId: 1,
  transactionId: 4711,
  meterValue: [
    {
      timestamp: time,
      sampledValue: [
        reading("Energy.Active.Import.Register", "Wh", "1234567"),
        reading("Power.Active.Import", "W", "11040.5"),
        reading("Current.Import", "A", "16.0"),
        reading("Voltage", "V", "230.1"),
        reading("SoC", "Percent", "57"),
      ],
    },
  ],
};

const startTransaction = { connectorId: 1, idTag: "04A1B2C3D4E5F6", meterStart: 1234567, timestamp: time };

const localList = (length) => ({
  listVersion: 7,
  updateType: "Full",
  localAuthorizationList: entries(length, (i) => ({
    idTag: `TAG${String(i).padStart(10, "0")}`,
    idTagInfo: { status: "Accepted", expiryDate: time, parentIdTag: "FLEET" },
  })),
});

const configuration = (length) => ({
  configurationKey: entries(length, (i) => ({
    key: `Vendor.Key.${i}`,
    readonly: i % 3 === 0,
    value: `value ${i}`,
  })),
});

const single = (name, payload) => ({
  name,
  action: name,
  urn: `urn:${name}.req`,
  text: call(name, payload),
  at: 3,
});

const cases = [
  single("Heartbeat", {}),
  single("StartTransaction", startTransaction),
  single("MeterValues", meterValues),
  ...lengths.map((length) => ({
    ...single("SendLocalList", localList(length)),
    name: `SendLocalList, ${length} entries`,
    length,
  })),
  ...lengths.map((length) => ({
    name: `GetConfiguration answer, ${length} entries`,
    action: "GetConfiguration",
    urn: "urn:GetConfiguration.conf",
    text: JSON.stringify([3, "19223201", configuration(length)]),
    at: 2,
    length,
  })),
];

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const cpuMicroseconds = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Microseconds of CPU per call. */
const costOf = (work, calls) => {
  const start = cpuMicroseconds();
  for (let i = 0; i < calls; i++) work();
  return (cpuMicroseconds() - start) / calls;
};

/** Warms up, and returns how many calls make a round. */
const callsFor = (work, { warmMs, roundMs }) => {
  const start = cpuMicroseconds();
  let calls = 0;
  while (cpuMicroseconds() - start < warmMs * 1000) for (let i = 0; i < 10; i++, calls++) work();
  return Math.max(3, Math.ceil((calls * roundMs) / warmMs));
};

const variantsOf = ({ text, action, urn, at }, validate, strict) => ({
  parse: () => JSON.parse(text),
  ocppRpc: () => strict.validate(urn, JSON.parse(text)[at]),
  ocppVcr: () => {
    const issues = validate(text, "1.6", "field", { action });
    if (issues.length > 0) throw new Error(`a healthy message has an issue: ${issues[0].message}`);
  },
});

const measure = (one, size, validate, strict) => {
  const works = Object.entries(variantsOf(one, validate, strict));
  const calls = new Map(works.map(([name, work]) => [name, callsFor(work, size)]));
  const rounds = Array.from({ length: size.rounds }, () =>
    Object.fromEntries(works.map(([name, work]) => [name, costOf(work, calls.get(name))])),
  );
  const of = (read) => median(rounds.map(read));
  return {
    name: one.name,
    action: one.action,
    length: one.length,
    bytes: one.text.length,
    parse: of((round) => round.parse),
    ocppRpc: of((round) => round.ocppRpc),
    ocppVcr: of((round) => round.ocppVcr),
    overParse: of((round) => round.ocppVcr / round.parse),
    overOcppRpc: of((round) => round.ocppVcr / round.ocppRpc),
  };
};

/** How much more an entry costs in the list of 1000 than in the list of 100. */
const slopes = (figures) =>
  ["SendLocalList", "GetConfiguration"].map((action) => {
    const cost = (length) =>
      (figures.find((figure) => figure.action === action && figure.length === length)?.ocppVcr ??
        Number.NaN) / length;
    const slope = cost(1000) / cost(100);
    return { action, slope, isLinear: slope < steepest };
  });

const line = ({ name, bytes, parse, ocppRpc, ocppVcr, overParse, overOcppRpc }) =>
  [
    name.padEnd(38),
    String(bytes).padStart(8),
    ...[parse, ocppRpc, ocppVcr].map((cost) => cost.toFixed(2).padStart(10)),
    overParse.toFixed(1).padStart(9),
    overOcppRpc.toFixed(1).padStart(9),
  ].join(" ");

const head =
  "message                                   bytes  parse µs    rpc µs    vcr µs   /parse      /rpc";

/** Runs the bench; it ignores `against`. */
export async function run({ quick: isQuick = false, json = false } = {}) {
  const { validate } = await import("../dist/ocpp/validation/validate.js");
  const validators = createRequire(import.meta.url)("ocpp-rpc/lib/standard-validators.js");
  const strict = validators.find(({ subprotocol }) => subprotocol === "ocpp1.6");
  const size = isQuick ? quick : bare;
  const say = (text) => (json ? undefined : console.log(text));
  say(`validation, OCPP 1.6, median of ${size.rounds} rounds\n${head}`);
  const figures = cases.map((one) => {
    const figure = measure(one, size, validate, strict);
    say(line(figure));
    return figure;
  });
  const growth = slopes(figures);
  for (const { action, slope, isLinear } of growth) {
    const sentence = `${action}: an entry of 1000 costs ${slope.toFixed(2)} times an entry of 100`;
    say(`${sentence}: ${isLinear ? "linear" : "NOT linear"}`);
  }
  if (json) console.log(JSON.stringify({ bench: "ocpp", figures, growth }));
}
