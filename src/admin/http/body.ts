// The bodies of requests: UTF-8 text of bounded length and of a declared content type. A web page of another origin
// cannot send one of these types without a CORS preflight, which this API never answers.

import type { IncomingMessage } from "node:http";

import { errorText } from "../../base/errors.js";
import { AdminProblem } from "./problem.js";
import { type JsonShape, type ObjectShape, readObject } from "./shape.js";

const maxBytes = 2 * 1024 * 1024;
const jsonType = "application/json";
const otherNames: Readonly<Record<string, string>> = {
  "application/x-yaml": "application/yaml",
  "text/yaml": "application/yaml",
};

/** A body as it came. */
export interface RawBody {
  readonly text: string;
  readonly isJson: boolean;
}

/** The body that a route takes: the shape for each content type, and how it is read. */
export interface BodyContent<T> {
  readonly content: Readonly<Record<string, JsonShape<unknown>>>;
  /** Throws AdminProblem. */
  readonly read: (body: RawBody) => T;
}

/** A body that is a JSON object. An empty body counts as an empty object. */
export function jsonBody<T>(shape: ObjectShape<T>): BodyContent<T> {
  return {
    content: { [jsonType]: shape },
    read: ({ text }) => readObject(shape, text.trim() === "" ? {} : parsed(text)),
  };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = errorText(error).slice(0, 200);
    throw new AdminProblem("bad-body", `the body is not JSON: ${reason}`, "Send one JSON object.");
  }
};

const typeOf = (request: IncomingMessage): string => {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return otherNames[type] ?? type;
};

/** Reads the body of a request. Throws AdminProblem. */
export async function readBody(
  request: IncomingMessage,
  { content }: Pick<BodyContent<unknown>, "content">,
): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  if (length === 0) return { text: "", isJson: true };
  const type = typeOf(request);
  const types = Object.keys(content);
  if (!types.includes(type))
    throw new AdminProblem(
      "wrong-type",
      `this address does not take a body of type ${JSON.stringify(type.slice(0, 100))}`,
      `Send Content-Type: ${types.join(" or ")}.`,
    );
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    return { text, isJson: type === jsonType };
  } catch {
    throw new AdminProblem("bad-body", "the body is not UTF-8", "Send UTF-8.");
  }
}

const tooLarge = (): AdminProblem =>
  new AdminProblem("too-large", "the body is larger than 2 MiB", "Send less.");
