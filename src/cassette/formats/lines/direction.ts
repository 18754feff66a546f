// Which way the messages of a log went. The log's own word counts, except where it cannot be true: an action that
// only one side may call, an answer that would go the way of its CALL. Logs of many backends lie there.

import { type Direction, opposite } from "../../../base/direction.js";
import { callerOf } from "../../../ocpp/catalogue.js";
import { namesAction } from "../../../ocpp/envelope/message-type.js";
import { createPairer, type Pairer } from "../../../ocpp/envelope/pairer.js";
import { peek } from "../../../ocpp/envelope/peek.js";
import { type OcppVersion, ocppVersions } from "../../../ocpp/version.js";

/** Which way only one side may call this action; undefined where both may, or the action is not known. */
export function directionOfAction(action: string, version: OcppVersion): Direction | undefined {
  const callers = [version, ...ocppVersions].map((known) => callerOf(known, action));
  const caller = callers.find((found) => found !== undefined);
  if (caller === undefined || caller === "both") return undefined;
  return caller === "charger" ? "cp-to-csms" : "csms-to-cp";
}

/** A message of a log and which way the log says it went. */
export interface Told {
  readonly text: string;
  readonly told: Direction | undefined;
}

/** A log whose words for the directions are those of the other side: no CALL that can be checked agrees. */
export function isToldFromOtherSide(messages: readonly Told[], version: OcppVersion): boolean {
  let disagreeing = 0;
  for (const { text, told } of messages) {
    const found = told === undefined ? undefined : peek(text);
    if (found === undefined || !namesAction(found.type)) continue;
    const sure = directionOfAction(found.action ?? "", version);
    if (sure === undefined) continue;
    if (sure === told) return false;
    disagreeing++;
  }
  return disagreeing >= 3;
}

/** Finds the directions of one charge point's messages, in their order. */
export class DirectionFinder {
  private readonly pairer: Pairer<undefined> = createPairer(10_000);
  private readonly version: OcppVersion;

  constructor(version: OcppVersion) {
    this.version = version;
  }

  /** Which way a message went. */
  find({ text, told }: Told): Direction {
    const found = peek(text);
    if (found === undefined) return told ?? "cp-to-csms";
    if (!namesAction(found.type)) return this.answer(found.id, told);
    const action = found.action ?? "";
    const direction = directionOfAction(action, this.version) ?? told ?? "cp-to-csms";
    this.pairer.call(direction, found.id, action, undefined);
    return direction;
  }

  private answer(id: string, told: Direction | undefined): Direction {
    const likely = told ?? "csms-to-cp";
    if (this.pairer.answer(likely, id) !== undefined) return likely;
    const other = opposite(likely);
    if (this.pairer.answer(other, id) !== undefined) return other;
    return told ?? "cp-to-csms";
  }
}
