// The rooms of src/, in their order: each may import only the rooms that its row names, and all of these come before it,
// so that no circle between rooms is possible. docs/architecture.md says what each is for.
// A name that ends in "/*" stands for a room and every room below it.

/** [room, the rooms it may import, the npm packages it may import; no third part: any]. Pure rooms name their packages. */
const TABLE = [
  ["base", "", ""],
  ["text", "base", ""],
  ["yaml", "base text", "yaml"],
  ["ocpp", "base", ""],
  ["ocpp/json", "base", ""],
  ["ocpp/envelope", "base text ocpp ocpp/json", ""],
  ["ocpp/schema", "base ocpp", "ajv ocpp-rpc"],
  ["ocpp/validation", "base text ocpp ocpp/json ocpp/envelope ocpp/schema", "ajv"],
  ["ocpp/messages", "ocpp ocpp/json ocpp/schema ocpp/validation", "ajv"],
  ["wire/http", "base text", ""],
  ["wire/tls", "base text", ""],
  ["wire/websocket", "base", ""],
  ["wire/pcap", "base wire/http wire/websocket", ""],
  ["cassette/format", "base text ocpp ocpp/envelope wire/websocket", "msgpackr"],
  ["cassette", "base cassette/format", ""],
  ["cassette/formats/lines", "base text ocpp/* cassette", ""],
  ["cassette/formats/pcap", "base wire/* cassette/format cassette", ""],
  [
    "cassette/formats",
    "base text ocpp/* cassette/format cassette cassette/formats/lines cassette/formats/pcap",
    "",
  ],
  ["analyse/messages", "base text ocpp/* wire/* cassette/format cassette", ""],
  ["analyse/compare", "base text ocpp/* cassette/format analyse/messages", ""],
  ["analyse/history", "base ocpp/* wire/* cassette/format cassette analyse/messages", ""],
  [
    "analyse/lint/detectors",
    "base ocpp/* wire/websocket cassette/formats/lines analyse/messages analyse/history",
    "",
  ],
  ["analyse/lint", "base ocpp/* cassette/format analyse/messages analyse/history analyse/lint/detectors", ""],
  ["analyse/select", "base text ocpp/* wire/websocket cassette/format analyse/messages", ""],
  ["analyse/watch", "base text ocpp/* wire/websocket cassette/format analyse/messages", ""],
  [
    "analyse/report",
    "base text ocpp/* cassette/format analyse/messages analyse/compare analyse/lint/* analyse/select",
    "",
  ],
  ["rules/contract", "base text yaml ocpp/* wire/websocket", ""],
  ["rules/faults/edit", "base text yaml ocpp/* wire/websocket rules/contract", ""],
  ["rules/faults/frame", "base yaml wire/websocket rules/contract rules/faults/edit", ""],
  ["rules/faults/message", "base yaml ocpp/* rules/contract rules/faults/edit", ""],
  ["rules/faults/payload", "base yaml ocpp/* rules/contract rules/faults/edit", ""],
  ["rules/faults/tls", "base yaml wire/tls rules/contract rules/faults/edit", ""],
  ["rules/faults/transport", "base yaml rules/contract rules/faults/edit", ""],
  [
    "rules/faults",
    "yaml rules/contract rules/faults/edit rules/faults/frame rules/faults/message rules/faults/payload rules/faults/tls rules/faults/transport",
    "",
  ],
  ["rules/language", "base text yaml ocpp/* rules/contract rules/faults", ""],
  ["rules/matching", "base text ocpp/* rules/contract rules/language", ""],
  ["rules/deciding", "base text ocpp/* rules/contract rules/faults rules/language rules/matching", ""],
  ["relay", "base cassette/format rules/contract", ""],
  ["relay/messages", "base ocpp/* wire/websocket rules/contract", ""],
  ["relay/own", "base ocpp/* wire/websocket rules/contract relay relay/messages", ""],
  [
    "relay/lane",
    "base ocpp/* wire/websocket cassette/format rules/contract rules/deciding relay relay/messages relay/own",
    "",
  ],
  ["relay/shaping", "base rules/contract rules/deciding relay", ""],
  [
    "relay/connection",
    "base ocpp/* wire/websocket cassette/format rules/contract rules/deciding relay relay/messages relay/own relay/lane relay/shaping",
    "",
  ],
  [
    "relay/rehearse",
    "base ocpp/* wire/* cassette/format cassette rules/contract rules/language rules/deciding relay relay/lane relay/connection",
    "",
  ],
  ["replay", "base ocpp/* cassette/format analyse/compare", ""],
  ["replay/plan/values", "base ocpp/* cassette/format analyse/messages", ""],
  [
    "replay/plan",
    "base ocpp/* wire/* cassette/format cassette analyse/messages analyse/select analyse/watch replay replay/plan/values",
    "",
  ],
  ["replay/verdict", "base text analyse/compare replay", ""],
  ["replay/reports", "base text analyse/compare analyse/report replay replay/verdict", ""],
  ["replay/station/passive", "base ocpp/* replay/plan", ""],
  ["replay/station/values", "base ocpp/* replay replay/plan replay/plan/values", ""],
  ["replay/station/run", "base cassette/format replay replay/plan replay/verdict", ""],
  [
    "replay/station/calls",
    "base ocpp/* wire/websocket analyse/compare replay replay/plan replay/plan/values replay/station/passive replay/station/values replay/station/run",
    "",
  ],
  [
    "replay/station/link",
    "base text wire/* cassette/format cassette replay replay/plan replay/station/values replay/station/run",
    "",
  ],
  [
    "replay/station",
    "base text ocpp/* wire/* cassette/format analyse/compare replay replay/plan replay/plan/values replay/verdict replay/station/values replay/station/run replay/station/calls replay/station/link",
    "",
  ],
  ["csms", "base ocpp/*", ""],
  [
    "sweep",
    "base text yaml ocpp/* wire/* cassette/* analyse/* rules/* replay replay/plan replay/plan/values",
    "",
  ],
  ["pki", "base ocpp"],
  ["io/platform", "base cassette/format cassette analyse/messages"],
  ["io/files", "base text cassette/formats/lines io/platform"],
  ["io/cassette", "base cassette/format cassette io/files io/platform"],
  ["io/control", "base text rules/* io/platform"],
  ["io/sockets", "base text wire/http io/platform"],
  ["io/tls", "base text wire/* cassette/format cassette pki io/platform io/sockets"],
  ["io/csms", "base ocpp/* wire/* csms pki io/platform io/sockets"],
  ["io/probe", "base text ocpp wire/* pki io/platform io/sockets io/tls"],
  [
    "io/proxy",
    "base text ocpp/* wire/* cassette/* analyse/watch rules/* relay relay/connection pki io/platform io/cassette io/control io/sockets io/tls",
  ],
  ["io/station", "base text wire/* cassette/format cassette replay/* io/files io/platform io/sockets io/tls"],
  [
    "io/sweep",
    "base cassette/format rules/* relay/* replay/* sweep io/platform io/cassette io/sockets io/tls io/proxy io/station",
  ],
  ["admin/http", "base text wire/http io/platform"],
  ["admin/live", "base text ocpp/* wire/* cassette/* analyse/messages analyse/watch io/platform admin/http"],
  ["admin/openapi", "admin/http"],
  [
    "admin/routes",
    "base text ocpp/* cassette/* rules/* io/platform io/cassette io/control admin/http admin/live admin/openapi",
  ],
  ["admin", "base text cassette/* io/platform io/cassette io/control admin/http admin/live admin/routes"],
  [
    "app",
    "base text yaml ocpp/* wire/* cassette/* analyse/* rules/* relay/* replay/* csms sweep pki io/* admin admin/http",
  ],
  [
    "app/record",
    "base text yaml ocpp/* wire/* cassette/* analyse/* rules/* relay/* replay/* csms pki io/* admin admin/http admin/live app",
  ],
  [
    "app/replay",
    "base text yaml ocpp/* wire/* cassette/* analyse/* rules/* relay/* replay/* csms pki io/* app",
  ],
  [
    "app/sweep",
    "base text ocpp cassette replay/plan replay/station/run sweep io/csms io/platform io/sweep app app/replay",
  ],
  ["app/testing", "text app app/record app/replay base"],
  ["cli/common", "base text cassette/format io/platform io/cassette app"],
  [
    "cli/options",
    "base text yaml ocpp/* wire/* cassette/* analyse/* rules/* relay/rehearse replay/* pki io/cassette io/tls app app/record app/replay cli/common",
  ],
  ["cli/words", "base text ocpp/* cassette/* analyse/* replay/* app app/record app/replay cli/common"],
  ["cli/certs", "base text ocpp pki io/tls app app/record app/replay cli/common cli/options"],
  [
    "cli/ctl",
    "base text io/cassette admin admin/http app app/record app/replay cli/common cli/options cli/words",
  ],
  [
    "cli/rules",
    "base text yaml wire/* cassette/* analyse/select rules/* relay/rehearse io/platform io/proxy app app/record app/replay cli/common cli/options cli/words",
  ],
  [
    "cli/cassettes",
    "base text ocpp/* cassette/* analyse/* replay/plan io/files io/platform io/cassette app app/record app/replay cli/common cli/options cli/words",
  ],
  [
    "cli/record",
    "base text wire/* cassette/* analyse/* rules/* relay/* io/* admin admin/http app app/record app/replay cli/common cli/options cli/words",
  ],
  [
    "cli/probe",
    "base text io/platform io/sockets io/tls io/probe app app/record app/replay cli/common cli/options cli/words cli/record",
  ],
  [
    "cli/replay",
    "base text cassette/* analyse/* replay/* io/* app app/record app/replay cli/common cli/options cli/words cli/cassettes",
  ],
  [
    "cli/sweep",
    "base text io/sweep replay/station/run sweep app app/replay app/sweep cli/common cli/options",
  ],
  [
    "cli",
    "base text ocpp pki io/* app app/record app/replay cli/common cli/options cli/words cli/certs cli/ctl cli/rules cli/cassettes cli/record cli/probe cli/replay cli/sweep",
  ],
];

/** Folders with one file for each item of a list, which may hold more files than others. */
const CATALOGUES = [/^(src|test)\/rules\/faults\/[a-z]+$/, /^(src|test)\/analyse\/lint\/detectors$/];

/** How many source files a folder may hold directly. */
export const limitOf = (folder) => (CATALOGUES.some((pattern) => pattern.test(folder)) ? 40 : 24);

/** Every room: its name, the rooms it may import, its npm packages (`undefined`: any, and Node's own modules). */
export const rooms = TABLE.map(([name, imports, packages], index) => ({
  name,
  imports: imports.split(" ").flatMap((word) => (word === "" ? [] : roomsAbove(word, name, index))),
  packages: packages?.split(" ").filter((word) => word !== ""),
}));

function roomsAbove(word, name, index) {
  const above = TABLE.slice(0, index).map(([room]) => room);
  const prefix = word.endsWith("/*") ? word.slice(0, -2) : undefined;
  const named = above.filter((room) =>
    prefix === undefined ? room === word : room === prefix || room.startsWith(`${prefix}/`),
  );
  if (named.length === 0)
    throw new Error(`scripts/rooms.mjs: ${name} imports ${word}, which is no room above it`);
  return named;
}
