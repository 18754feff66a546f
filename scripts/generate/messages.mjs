// The types of every message and its maker, from the JSON schemas: src/ocpp/messages/, one file a version.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";

/** The files, as [path, text]: one for each row of src/ocpp/version.ts. */
export async function messageFiles() {
  const { versionTable } = await import(pathToFileURL(join(root, "dist", "ocpp", "version.js")).href);
  return Object.entries(versionTable).map(([version, row]) => {
    const path = `src/ocpp/messages/ocpp${version.replaceAll(".", "")}.ts`;
    const schemas = createRequire(import.meta.url)(`ocpp-rpc/lib/schemas/${row.schemas}.json`);
    return [path, formatted(path, new Writer(version, schemas).write())];
  });
}

/** Formatted, so that `npm run check` accepts the checked-in file. */
function formatted(path, text) {
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "check", "--write", `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`biome format: ${stderr}`);
  return stdout;
}

class Writer {
  types = new Map();
  names = new Map();

  constructor(version, schemas) {
    this.version = version;
    this.schemas = schemas;
  }

  write() {
    const makers = [];
    const payloads = new Map();
    for (const schema of this.schemas) {
      const [, action, ending] = /^urn:(\w+?)(\.req|\.conf|Request|Response)?$/.exec(schema.$id);
      const name = `${action}${ending === ".conf" || ending === "Response" ? "Response" : "Request"}`;
      this.declare(name, schema, schema, action);
      payloads.set(action, [...(payloads.get(action) ?? []), name]);
    }
    for (const [action, names] of [...payloads].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const kind = names.length === 2 ? "MessageMaker" : "SendMaker";
      const made = names.length === 2 ? "messageMaker" : "sendMaker";
      const types = [...names].sort().join(", ");
      makers.push(
        `/** Makes the payloads of ${action}. */`,
        `export const ${action}: ${kind}<${types}> = ${made}<${types}>("${this.version}", "${action}");`,
        "",
      );
    }
    const values = [
      "messageMaker",
      ...(makers.some((line) => line.includes("SendMaker")) ? ["sendMaker"] : []),
    ];
    const types = values.map((name) => `type ${name[0].toUpperCase()}${name.slice(1)}`);
    return [
      `// Every message of OCPP ${this.version}: what its payloads may hold, and how to make them.`,
      "// Generated from the JSON schemas by `npm run generate`; do not edit.",
      "",
      `import { ${[...values, ...types].join(", ")} } from "./message-maker.js";`,
      "",
      ...[...this.types.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ text }) => `${text}\n`),
      ...makers,
    ].join("\n");
  }

  declare(name, schema, top, action) {
    if (this.types.has(name)) throw new Error(`two types ${name} in OCPP ${this.version}`);
    const entry = { name, text: "" };
    this.types.set(name, entry);
    entry.text = this.declaration(name, schema, top, action);
  }

  declaration(name, schema, top, action) {
    // No text of the schemas: their licence allows no changed copies of it.
    const about = `/** ${name} of OCPP ${this.version}. */`;
    if (schema.enum !== undefined) return `${about}\nexport type ${name} = ${union(schema.enum)};`;
    const members = this.members(schema, top, action);
    if (members === "") return `${about}\nexport type ${name} = Readonly<Record<string, never>>;`;
    return `${about}\nexport interface ${name} {\n${members}\n}`;
  }

  members(schema, top, action) {
    const required = schema.required ?? [];
    const lines = Object.entries(schema.properties ?? {}).map(([name, part]) => {
      const optional = required.includes(name) ? "" : "?";
      return `readonly ${name}${optional}: ${this.type(part, top, action)};`;
    });
    if (schema.additionalProperties !== false) lines.push("readonly [name: string]: unknown;");
    return lines.join("\n");
  }

  type(schema, top, action) {
    if (schema.$ref !== undefined) return this.reference(schema.$ref.split("/").at(-1), top, action);
    if (schema.enum !== undefined) return union(schema.enum);
    switch (schema.type) {
      case "object":
        return `{\n${this.members(schema, top, action)}\n}`;
      case "array":
        return `readonly (${this.type(schema.items, top, action)})[]`;
      case "string":
      case "boolean":
        return schema.type;
      case "number":
      case "integer":
        return "number";
      default:
        return "unknown";
    }
  }

  /** The type of a definition; one that differs between messages is named after its message. */
  reference(name, top, action) {
    const meaning = JSON.stringify(expanded(top.definitions[name], top));
    const plain = name.replace(/Type$/, "");
    for (const candidate of [plain, `${plain}Data`, `${action}${plain}`, `${action}${plain}Data`]) {
      const known = this.names.get(candidate);
      if (known === meaning) return candidate;
      const isTaken = known !== undefined || this.isMessageName(candidate) || reserved.has(candidate);
      if (isTaken) continue;
      this.names.set(candidate, meaning);
      this.declare(candidate, top.definitions[name], top, action);
      return candidate;
    }
    throw new Error(`no name for ${name} of ${action} in OCPP ${this.version}`);
  }

  isMessageName(name) {
    return this.schemas.some(({ $id }) => {
      const action = $id.replace(/^urn:/, "").replace(/(\.req|\.conf|Request|Response)$/, "");
      return name === action || name === `${action}Request` || name === `${action}Response`;
    });
  }
}

/** Names that mean something in every file. */
const reserved = new Set(["MessageMaker", "SendMaker", "Readonly", "Record"]);

/** A definition with all its references replaced, and without its prose: what it means. */
function expanded(schema, top) {
  if (Array.isArray(schema)) return schema.map((part) => expanded(part, top));
  if (typeof schema !== "object" || schema === null) return schema;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1);
    return { name, ...expanded(top.definitions[name], top) };
  }
  const { description: _, javaType: __, default: ___, comment: ____, ...rest } = schema;
  return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, expanded(part, top)]));
}

const union = (words) => words.map((word) => JSON.stringify(word)).join(" | ");
