// Completes package-lock.json: npm leaves out optional packages of other platforms that the registry in use lacks,
// and npm 11 then refuses the lock file. Each of them gets an entry with version, optional, os, cpu (and libc), read
// from its name. Run it after every change of dependencies; with --check it only reports what is missing.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];
/** Packages without a platform in their name. */
const NAMELESS = { fsevents: { os: ["darwin"] } };

const file = join(root, "package-lock.json");
const text = readFileSync(file, "utf8");
const lock = JSON.parse(text);

const findings = [...addresses(), ...rootDifferences(), ...unmetDependencies()];
const added = completeOptional();

if (process.argv.includes("--check")) {
  findings.push(...added.map((path) => `${path} has no entry: run node scripts/complete-lock.mjs`));
} else if (added.length > 0) {
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
  );
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${added.length} entries added`);
}
for (const finding of findings) console.error(`package-lock.json: ${finding}`);
process.exitCode = findings.length > 0 ? 1 : 0;

/** The lock file names no registry, so that every installation can use its own. */
function addresses() {
  const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  const named = text.match(/"[^"\n]*(registry\.|\/-\/[^"\n]*\.tgz|\.tgz")[^"\n]*/g) ?? [];
  return [
    ...resolved.map(([path]) => `${path} has an address ("resolved")`),
    ...(resolved.length === 0 ? named.map((line) => `names a registry: ${line}`) : []),
  ];
}

function rootDifferences() {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  return kinds
    .filter((kind) => JSON.stringify(wanted[kind] ?? {}) !== JSON.stringify(lock.packages[""][kind] ?? {}))
    .map((kind) => `its ${kind} are not those of package.json: run npm install`);
}

function unmetDependencies() {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.dependencies ?? {})
      .filter((name) => entry.optionalDependencies?.[name] === undefined && find(path, name) === undefined)
      .map((name) => `${path || "the project"} needs ${name}, which has no entry`),
  );
}

function completeOptional() {
  const paths = [];
  for (const [path, parent] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
      const version = exactVersion(range);
      const found = find(path, name);
      if (found !== undefined && (version !== range || lock.packages[found].version === version)) continue;
      const place = found === undefined ? `node_modules/${name}` : `${path}/node_modules/${name}`;
      lock.packages[place] = entryOf(name, version, parent);
      paths.push(place);
    }
  }
  return paths;
}

/** The entry that Node would find for a name, looked up from a package's path. */
function find(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const place = at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock.packages[place] !== undefined) return place;
    if (at === "") return undefined;
  }
}

function exactVersion(range) {
  const version = range.replace(/^[\^~=v]+/, "");
  if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return version;
  throw new Error(`"${range}" is no exact version`);
}

function entryOf(name, version, parent) {
  const where = NAMELESS[name] ?? platformOf(name);
  return {
    version,
    ...(where.cpu ? { cpu: where.cpu } : {}),
    ...(parent.dev ? { dev: true } : {}),
    ...(where.libc ? { libc: where.libc } : {}),
    optional: true,
    ...(where.os ? { os: where.os } : {}),
  };
}

function platformOf(name) {
  const words = name.split(/[^a-z0-9]+/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  if (os.length !== 1 && !cpu.includes("wasm32")) throw new Error(`the name ${name} has no platform in it`);
  const c = words.find((word) => /^(gnu|musl)/.test(word));
  return {
    ...(os.length === 1 ? { os } : {}),
    ...(cpu.length === 1 ? { cpu } : {}),
    ...(c === undefined ? {} : { libc: [c.startsWith("musl") ? "musl" : "glibc"] }),
  };
}
