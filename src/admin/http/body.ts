// The bodies of requests: JSON (or YAML, where a rule file is meant) of bounded length, and their members one by one.
// No other type is read: a form of a foreign page cannot send one of these without asking first.

import type { IncomingMessage } from "node:http";
import { errorText } from "../../base/errors.js";
import { AdminProblem, badValue } from "./problem.js";

const longest = 2 * 1024 * 1024;
const jsonType = "application/json";
const yamlTypes = ["application/yaml", "application/x-yaml", "text/yaml"];

/** What a request of this kind may bring. */
export type BodyKind = "none" | "json" | "rules";

/** A body as it was read. */
export interface Body {
  readonly text: string;
  readonly isJson: boolean;
}

const emptyBody: Body = { text: "", isJson: true };

const typeOf = (request: IncomingMessage): string =>
  (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** Reads the body of a request; nothing at all is an empty one. Throws AdminProblem. */
export async function readBody(request: IncomingMessage, kind: BodyKind): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(request.headers["content-length"] ?? 0) > longest) throw tooLarge();
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw tooLarge();
    chunks.push(chunk);
  }
  if (length === 0) return emptyBody;
  const type = typeOf(request);
  const isJson = type === jsonType;
  if (!isJson && !(kind === "rules" && yamlTypes.includes(type)))
    throw new AdminProblem(
      415,
      "wrong-type",
      `a body of the type ${JSON.stringify(type.slice(0, 100))} is not read`,
      `Send Content-Type: ${kind === "rules" ? `${jsonType} or application/yaml` : jsonType}.`,
    );
  const text = new TextDecoder("utf-8", { fatal: true });
  try {
    return { text: text.decode(Buffer.concat(chunks)), isJson };
  } catch {
    throw new AdminProblem(400, "bad-body", "the body is no UTF-8", "Send UTF-8.");
  }
}

const tooLarge = (): AdminProblem =>
  new AdminProblem(413, "too-large", "the body is larger than 2 MiB", "Send less.");

/** The members of a JSON body. */
export type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a JSON object whose members are all known; an empty body is an empty object. */
export function membersOf({ text }: Body, known: readonly string[]): Members {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = errorText(error);
    throw new AdminProblem(
      400,
      "bad-body",
      `the body is no JSON: ${why.slice(0, 200)}`,
      "Send one JSON object.",
    );
  }
  if (!isObject(value))
    throw new AdminProblem(400, "bad-body", "the body is no JSON object", "Send one JSON object.");
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AdminProblem(
      400,
      "unknown-member",
      `the body has an unknown member ${JSON.stringify(unknown.slice(0, 60))}`,
      `Known: ${known.join(", ") || "none"}.`,
    );
  return value;
}

/** A member that is a text; undefined where it is missing. */
export function textMember(members: Members, name: string, longestText = 10_000): string | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value.length > longestText)
    throw badValue(name, value, `a text of at most ${longestText} characters`);
  return value;
}

/** A member that is one of these words; undefined where it is missing. */
export function wordMember<Word extends string>(
  members: Members,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw badValue(name, value, words.join(" or "));
  return word;
}

/** A member that is a whole number within bounds; undefined where it is missing. */
export function wholeMember(members: Members, name: string, min: number, max: number): number | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || Number(value) < min || Number(value) > max)
    throw badValue(name, value, `a whole number from ${min} to ${max}`);
  return Number(value);
}

/** A member that is a list of texts; undefined where it is missing. */
export function textsMember(members: Members, name: string): readonly string[] | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === "string"))
    throw badValue(name, value, "a list of texts");
  return value;
}
