// The tables of docs/reference/admin.md from the declarations of the admin routes and the table of refusals.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

const PAGE = "docs/reference/admin.md";

const code = (words) => `\`${words}\``;
const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const takes = ({ query, body }) => [
  ...Object.keys(query).map((name) => code(name)),
  ...Object.entries(body?.content ?? {}).map(([type, { members }]) => {
    if (members === undefined) return type === "application/json" ? "rules as JSON" : "or YAML";
    return members.size === 0 ? "" : `{ ${[...members.keys()].map(code).join(", ")} }`;
  }),
];

const routeRow = (route) => [
  code(`${route.method} ${route.path}`),
  [route.summary, route.details ?? ""].join(" ").trim(),
  takes(route)
    .filter((words) => words !== "")
    .join(", "),
  route.ctl === undefined ? "" : code(route.ctl),
];

/** One row for each name and meaning: some parameters belong to several routes. */
const parameterRows = (routes) => {
  const rows = routes.flatMap(({ query }) =>
    Object.entries(query).map(([name, { description, shape }]) =>
      JSON.stringify([code(name), description, shape.takes]),
    ),
  );
  return [...new Set(rows)].map((row) => JSON.parse(row)).sort(([a], [b]) => (a < b ? -1 : 1));
};

/** The page with the lines between `<!-- NAME` and `<!-- end -->` replaced. */
const replaced = (page, name, lines) => {
  const pattern = new RegExp(`(<!-- ${name}[^\\n]*-->\\n).*?(\\n<!-- end -->)`, "s");
  if (!pattern.test(page)) throw new Error(`${PAGE} has no part for ${name}`);
  return page.replace(pattern, (_whole, begin, end) => `${begin}${lines}${end}`);
};

/** The page, as [path, text]. */
export async function adminPage() {
  const load = (...path) => import(pathToFileURL(join(root, "dist", "admin", ...path)).href);
  const { allRoutes } = await load("routes", "all-routes.js");
  const { problems } = await load("http", "problem.js");
  const parts = {
    addresses: table(["address", "what it does", "takes", "`ctl`"], allRoutes.map(routeRow)),
    parameters: table(["parameter", "meaning", "takes"], parameterRows(allRoutes)),
    refusals: table(
      ["code", "status", "meaning"],
      Object.entries(problems).map(([name, [status, meaning]]) => [code(name), status, meaning]),
    ),
  };
  const page = Object.entries(parts).reduce(
    (text, [name, lines]) => replaced(text, name, lines),
    readFileSync(join(root, PAGE), "utf8"),
  );
  return [[PAGE, page]];
}
