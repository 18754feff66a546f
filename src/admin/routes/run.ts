// What the routes of the admin API work on, and what they share.

import type { RunCassettes } from "../../io/cassette/run-cassettes.js";
import type { ConnectionRegistry } from "../../io/control/connection-registry.js";
import type { RuleController } from "../../io/control/rule-controller.js";
import type { Clock } from "../../io/platform/clock.js";
import { type BodyContent, jsonBody } from "../http/body.js";
import { type Declaration, makeRoute, type Route } from "../http/route.js";
import {
  anyNumber,
  exact,
  type JsonShape,
  list,
  named,
  oneOf,
  orNull,
  partial,
  text,
  wholeNumber,
} from "../http/shape.js";
import type { EventStream } from "../live/event-stream.js";
import type { LiveMessage } from "../live/live-message.js";
import type { LiveTraffic } from "../live/live-traffic.js";
import type { Metrics } from "../live/metrics.js";

/** A running program with an admin API. */
export interface AdminRun {
  readonly clock: Clock;
  readonly registry: ConnectionRegistry;
  readonly controller: RuleController;
  readonly cassettes: RunCassettes;
  readonly traffic: LiveTraffic;
  readonly stream: EventStream;
  readonly metrics: Metrics;
  /** Name and version of the program. */
  readonly tool: string;
}

/** Declares an address of the API: method and path, its operationId, and what it takes and answers. */
export const route: <const Address extends string, Query, Body, Result>(
  address: Address,
  id: string,
  declared: Declaration<AdminRun, Address, Query, Body, Result>,
) => Route<AdminRun> = makeRoute;

/** A body without members. */
export const emptyBody: BodyContent<object> = jsonBody(named("Nothing", partial({})));

/** One value for each direction. */
export function bothDirections<T>(shape: JsonShape<T>): JsonShape<{ "cp-to-csms": T; "csms-to-cp": T }> {
  return exact({ "cp-to-csms": shape, "csms-to-cp": shape });
}

/** A direction. */
export const direction: JsonShape<"cp-to-csms" | "csms-to-cp"> = oneOf("cp-to-csms", "csms-to-cp");

/** A message. */
export const message: JsonShape<LiveMessage> = named(
  "Message",
  exact<LiveMessage>({
    seq: wholeNumber(),
    time: text(),
    connection: text(),
    identity: text(),
    direction,
    type: text(),
    id: orNull(text()),
    action: orNull(text()),
    latencyMs: orNull(anyNumber),
    octets: wholeNumber(),
    text: orNull(text()),
    base64: orNull(text()),
    rules: list(exact({ rule: text(), fault: text(), outcome: text() })),
  }),
);
