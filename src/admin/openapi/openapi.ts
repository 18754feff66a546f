// The OpenAPI 3.1 document of the admin API, made from the declarations of its routes.

import { type ProblemCode, problems } from "../http/problem.js";
import type { Route } from "../http/route.js";
import { atLeast, type JsonShape, named, type OpenApiSchema, schemaOf, text } from "../http/shape.js";

type Served = Route<never>;

const problem = named("Problem", atLeast({ code: text(), message: text(), mend: text() }));

const contentOf = (content: Readonly<Record<string, JsonShape<unknown>>>): OpenApiSchema =>
  Object.fromEntries(Object.entries(content).map(([type, shape]) => [type, { schema: schemaOf(shape) }]));

const refusal = (description: string): OpenApiSchema => ({
  description,
  content: contentOf({ "application/problem+json": problem }),
});

/** One entry a status: the meanings of its codes. */
const refusalsOf = (codes: readonly ProblemCode[]): OpenApiSchema => {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const [status, meaning] = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), meaning]);
  }
  return Object.fromEntries([...byStatus].map(([status, meanings]) => [status, refusal(meanings.join(" "))]));
};

const operationOf = ({
  id,
  summary,
  query,
  body,
  answer,
  timedOut,
  isOpen,
  refusals = [],
}: Served): OpenApiSchema => {
  const parameters = Object.entries(query).map(([name, { description, shape }]) => ({
    name,
    in: "query",
    description,
    schema: schemaOf(shape),
  }));
  return {
    operationId: id,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { content: contentOf(body.content) } }),
    responses: {
      [answer.status]: { description: summary, content: contentOf({ [answer.type]: answer.shape }) },
      "400": refusal("The path, the query or the body holds a value that is not valid."),
      "401": refusal("The access token is missing or wrong."),
      "403": refusal("The Host or the Origin header is not allowed."),
      ...refusalsOf(body === undefined ? refusals : ["wrong-type", ...refusals]),
      ...(timedOut === undefined
        ? {}
        : {
            "408": {
              description: timedOut.description,
              content: contentOf({ "application/json": timedOut.shape }),
            },
          }),
    },
    ...(isOpen === true ? { security: [] } : {}),
  };
};

const pathParameters = (path: string): OpenApiSchema => {
  const parameters = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return parameters.length === 0 ? {} : { parameters };
};

/** The schemas of all shapes with a name, those inside others as well. */
const namedSchemas = (shapes: readonly JsonShape<unknown>[]): OpenApiSchema =>
  Object.assign(
    {},
    ...shapes.map(({ name, schema, inner }) => ({
      ...(name === undefined ? {} : { [name]: schema }),
      ...namedSchemas(inner),
    })),
  );

/** The document. `tool` is the program's name and version. */
export function openApiOf(routes: readonly Served[], tool: string): OpenApiSchema {
  const paths: Record<string, OpenApiSchema> = {};
  for (const route of routes)
    paths[route.path] = {
      ...(paths[route.path] ?? pathParameters(route.path)),
      [route.method.toLowerCase()]: operationOf(route),
    };
  const shapes = routes.flatMap(({ body, answer, timedOut }) => [
    ...Object.values(body?.content ?? {}),
    answer.shape,
    ...(timedOut === undefined ? [] : [timedOut.shape]),
  ]);
  return {
    openapi: "3.1.0",
    info: {
      title: "ocpp-vcr admin API",
      version: "1",
      description: `What ${tool} is doing now, and how to control it while it runs.`,
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: namedSchemas([problem, ...shapes]),
    },
  };
}
