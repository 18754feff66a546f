// Every address of the admin API, and those about the program as a whole: health, metrics, live events, and turning
// everything off.

import { textParameter } from "../http/parameters.js";
import { json, plainText, type Route, serverSentEvents } from "../http/route.js";
import { anyObject, constant, exact, named, wholeNumber } from "../http/shape.js";
import { openApiOf } from "../openapi/openapi.js";
import { connectionRoutes } from "./connections.js";
import { messageRoutes } from "./messages.js";
import { recordingRoutes } from "./recordings.js";
import { ruleRoutes } from "./rules.js";
import { type AdminRun, emptyBody, route } from "./run.js";

/** Every address of the API. */
export const allRoutes: readonly Route<AdminRun>[] = [
  route("GET /healthz", "health", {
    summary: "Answers if the program runs. Needs no token.",
    isOpen: true,
    answer: json(named("Health", exact({ status: constant("ok") }))),
    handle: () => ({ status: "ok" as const }),
  }),
  route("GET /openapi.json", "openapi", {
    summary: "This document.",
    answer: json(anyObject),
    handle: ({ run }) => openApiOf(allRoutes, run.tool),
  }),
  route("GET /metrics", "metrics", {
    summary: "Metrics for Prometheus.",
    ctl: "metrics",
    answer: plainText,
    handle: async ({ run: { metrics } }) => ({ type: metrics.contentType, text: await metrics.text() }),
  }),
  route("GET /v1/events", "events", {
    summary: "Everything as it happens: Server-Sent Events, or the same lines on a WebSocket.",
    details: "A reader that does not read fast enough is disconnected.",
    ctl: "events",
    query: {
      identity: textParameter("Exactly this charge point."),
      kind: textParameter("Kinds of entries, separated by commas.", (word) => word.split(",")),
    },
    answer: serverSentEvents,
    refusals: ["too-many-readers"],
    handle: ({ run: { stream }, query, response }) => {
      stream.admit();
      stream.toResponse(response, query);
    },
    socket: ({ stream }, query) => {
      stream.admit();
      return (socket) => stream.toSocket(socket, query);
    },
  }),
  route("POST /v1/reset", "reset", {
    summary: "Turns everything off at once: disarms every rule, resumes every paused connection.",
    ctl: "reset",
    body: emptyBody,
    answer: json(named("WasReset", exact({ disarmed: wholeNumber(), resumed: wholeNumber() }))),
    handle: ({ run: { controller, registry }, by }) => {
      const disarmed = controller.list().filter((rule) => rule.armed).length;
      controller.disarm(undefined, by);
      const paused = registry.all().filter((control) => control.isPaused);
      for (const control of paused) control.resume(by);
      return { disarmed, resumed: paused.length };
    },
  }),
  ...connectionRoutes,
  ...ruleRoutes,
  ...recordingRoutes,
  ...messageRoutes,
];
