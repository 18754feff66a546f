// Who may import whom, from the table of rooms: imports run one way, in no circle, types included; the pure rooms know
// neither Node nor npm, but for the packages that their row names.
import { rooms } from "./scripts/rooms.mjs";

const oneOf = (names) => `(${names.join("|")})`;
/** The files that stand directly in one of these rooms. */
const filesOf = (...names) => `^src/${oneOf(names)}/[^/]+$`;
const pure = rooms.filter(({ packages }) => packages !== undefined);

const direction = rooms.map(({ name, imports }) => ({
  name: `direction-${name}`,
  comment: `src/${name} may import from src/ only: ${imports.join(", ") || "nothing"} (scripts/rooms.mjs).`,
  severity: "error",
  from: { path: filesOf(name) },
  to: { path: "^src/", pathNot: filesOf(name, ...imports) },
}));

const packages = pure.map(({ name, packages: names }) => ({
  name: `packages-${name}`,
  comment: `src/${name} is pure: from npm it may import only: ${names.join(", ") || "nothing"}.`,
  severity: "error",
  from: { path: filesOf(name) },
  to: {
    path: "node_modules",
    ...(names.length > 0 ? { pathNot: `node_modules/${oneOf(names)}/` } : {}),
  },
}));

export default {
  forbidden: [
    ...direction,
    ...packages,
    {
      name: "pure-knows-no-node",
      comment: "A pure room touches nothing of the world: no module of Node.",
      severity: "error",
      from: { path: filesOf(...pure.map(({ name }) => name)) },
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
      name: "cli-has-no-product-logic",
      comment:
        "Live rules, plans and cassette writers belong to app/: the command line only describes what it wants.",
      severity: "error",
      from: { path: "^src/cli/" },
      to: {
        path: "^src/(rules/deciding/live-rules|replay/plan/compile-plan|io/cassette/cassette-writer)\\.ts$",
      },
    },
    {
      name: "no-circle",
      comment: "Two files that need each other are one thing or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "known-room",
      comment: "src/ holds the rooms of scripts/rooms.mjs and index.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: `${filesOf(...rooms.map(({ name }) => name))}|^src/index\\.ts$` },
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
        // An optional peer: ocpp-vcr/vitest loads it only where it runs already.
        pathNot: "node_modules/(@types|vitest)/",
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
      to: {
        // vitest is declared twice: for development, and as an optional peer.
        path: "node_modules",
        pathNot: "node_modules/vitest/",
        dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"],
      },
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
