// Who may import whom: the table of docs/architecture.md as rules. Imports run one way, in no circle, types included;
// the pure folders know neither Node nor npm, but for the exceptions named here.

/** For every folder of src/: the other folders it may import, and the npm packages (pure folders only). */
const wire = ["base"];
const cassette = ["base", "wire", "ocpp"];
const analyse = [...cassette, "cassette"];
const pure = {
  base: { folders: [], packages: [] },
  wire: { folders: wire, packages: [] },
  ocpp: { folders: ["base"], packages: ["ajv", "ocpp-rpc"] },
  cassette: { folders: cassette, packages: ["msgpackr"] },
  analyse: { folders: analyse, packages: [] },
  rules: { folders: ["base", "wire", "ocpp"], packages: ["yaml"] },
  relay: { folders: [...analyse, "rules"], packages: [] },
  replay: { folders: [...analyse, "analyse"], packages: [] },
};
const machines = Object.keys(pure);
const shells = {
  pki: { folders: ["base"] },
  io: { folders: [...machines, "pki"] },
  admin: { folders: [...machines, "pki", "io"] },
  tui: { folders: machines },
  cli: { folders: [...machines, "pki", "io", "admin", "tui"] },
};
const house = { ...pure, ...shells };

const oneOf = (names) => `(${names.join("|")})`;

const direction = Object.entries(house).map(([folder, { folders }]) => ({
  name: `direction-${folder}`,
  comment: `src/${folder} may import from src/ only: ${folders.join(", ") || "nothing"}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: `^src/${oneOf([folder, ...folders])}/` },
}));

const packages = Object.entries(pure).map(([folder, { packages: names }]) => ({
  name: `packages-${folder}`,
  comment: `src/${folder} is pure: from npm it may import only: ${names.join(", ") || "nothing"}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: {
    path: "node_modules",
    ...(names.length > 0 ? { pathNot: `node_modules/${oneOf(names)}/` } : {}),
  },
}));

module.exports = {
  forbidden: [
    ...direction,
    ...packages,
    {
      name: "pure-knows-no-node",
      comment: "A pure folder touches nothing of the world: no module of Node.",
      severity: "error",
      from: { path: `^src/${oneOf(Object.keys(pure))}/` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "sockets-live-in-io",
      comment: "Sockets, TLS and HTTP have one home.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(io|pki|admin)/" },
      to: { path: "^(node:)?(net|tls|http|https|http2|dgram)$|node_modules/(ws|http-proxy)/" },
    },
    {
      name: "no-circle",
      comment: "Two files that need each other are one thing or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "known-folder",
      comment: "src/ holds the folders of the table and index.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${oneOf(Object.keys(house))}/|index\\.ts$)` },
      to: {},
    },
    {
      name: "src-stands-alone",
      comment: "What ships imports nothing that does not ship.",
      severity: "error",
      from: { path: "^(src|bin)/" },
      to: { path: "^(test|bench|scripts|examples)/" },
    },
    {
      name: "no-dev-dependency-in-src",
      comment: "What ships needs its packages at run time; types alone may come from development.",
      severity: "error",
      from: { path: "^(src|bin)/" },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: "node_modules/@types/",
      },
    },
    {
      name: "resolvable",
      comment: "Every import leads to a file or to a declared package.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared",
      comment: "A package that package.json does not name may be gone tomorrow.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.test.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
