// Checks the array around a payload: message type, id, action and error members (OCPP-J 1.6 section 4.2, OCPP 2.x part 4
// section 4.2). The payload itself is not checked here.

import type { Side } from "../../base/direction.js";
import { nearest } from "../../text/nearest.js";
import { actionsOf, callerOf, isKnownAction } from "../catalogue.js";
import { errorCodesOf, otherSpelling } from "../envelope/error-codes.js";
import { type MessageType, messageTypeOf } from "../envelope/message-type.js";
import type { JsonNode } from "../json/tree.js";
import type { OcppVersion } from "../version.js";
import { versionTable } from "../version.js";
import type { RuleCode } from "./validation-rules.js";

/** A broken rule and its place, in UTF-16 units. */
export interface Breach {
  readonly code: RuleCode;
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
  readonly expected: string;
}

/** What was found in the array of a message. */
export interface CheckedEnvelope {
  readonly breaches: readonly Breach[];
  readonly type: MessageType | undefined;
  /** Of a CALL or SEND. */
  readonly action: string | undefined;
  /** The payload of a CALL, SEND or CALLRESULT. */
  readonly payload: JsonNode | undefined;
}

const elements: Readonly<Record<MessageType, readonly [number, string]>> = {
  CALL: [4, ", {}"],
  CALLRESULT: [3, ", {}"],
  CALLERROR: [5, ', "", {}'],
  CALLRESULTERROR: [5, ', "", {}'],
  SEND: [4, ", {}"],
};

/** The only action that is sent as a SEND. */
const sendOnly = "NotifyPeriodicEventStream";

/** Checks the array of a message; `caller` is the side that sent it, if known. */
export function checkEnvelope(
  root: JsonNode,
  version: OcppVersion,
  isWhole: boolean,
  caller?: Side,
): CheckedEnvelope {
  return new Check(root, version, isWhole, caller).run();
}

class Check {
  private readonly root: JsonNode;
  private readonly version: OcppVersion;
  private readonly isWhole: boolean;
  private readonly caller: Side | undefined;
  private readonly breaches: Breach[] = [];

  constructor(root: JsonNode, version: OcppVersion, isWhole: boolean, caller: Side | undefined) {
    this.root = root;
    this.version = version;
    this.isWhole = isWhole;
    this.caller = caller;
  }

  run(): CheckedEnvelope {
    const { breaches, root } = this;
    if (root.items === undefined) {
      this.add("no-array", "", root, "an array");
      return { breaches, type: undefined, action: undefined, payload: undefined };
    }
    const type = this.type(root.items[0]);
    if (type === undefined) return { breaches, type, action: undefined, payload: undefined };
    this.length(type, root.items);
    this.id(type, root.items[1]);
    const isError = type === "CALLERROR" || type === "CALLRESULTERROR";
    if (isError) this.error(root.items);
    const named = type === "CALL" || type === "SEND";
    const action = named ? this.action(type, root.items[2]) : undefined;
    const payload = isError ? undefined : root.items[named ? 3 : 2];
    return { breaches, type, action, payload };
  }

  private add(code: RuleCode, pointer: string, at: { start: number; end: number }, expected: string): void {
    this.breaches.push({ code, pointer, start: at.start, end: at.end, expected });
  }

  private type(node: JsonNode | undefined): MessageType | undefined {
    const type = typeof node?.value === "number" ? messageTypeOf(node.value) : undefined;
    const { messageTypes } = versionTable[this.version];
    if (type !== undefined && messageTypes.includes(node?.value as number)) return type;
    const expected = `${messageTypes.slice(0, -1).join(", ")} or ${messageTypes.at(-1)}`;
    if (node !== undefined) this.add("message-type", "/0", node, expected);
    else if (this.isWhole) this.add("missing-element", "/0", this.root, `a message of type ${expected}`);
    return undefined;
  }

  private length(type: MessageType, items: readonly JsonNode[]): void {
    const [due, rest] = elements[type];
    const last = items.at(-1);
    const end = last?.end ?? this.root.start + 1;
    if (items.length > due) {
      const surplus = { start: items[due - 1]?.end ?? end, end };
      this.add("surplus-element", `/${due}`, surplus, `${due} elements`);
    } else if (items.length < due && this.isWhole) {
      const expected = `${due} elements; what is missing may be ${rest.slice(2)}`;
      this.add("missing-element", `/${items.length}`, { start: end, end }, expected);
    }
  }

  private id(type: MessageType, node: JsonNode | undefined): void {
    if (node === undefined) return;
    const { value } = node;
    // An answer has to repeat the id of its CALL, also a long one.
    const isOwn = type === "CALL" || type === "SEND";
    if (typeof value !== "string") this.add("message-id", "/1", node, "a text");
    else if (value === "") this.add("message-id-empty", "/1", node, "a text of 1 to 36 characters");
    else if (isOwn && value.length > 36 && [...value].length > 36) {
      this.add("message-id-length", "/1", node, "at most 36 characters");
    }
  }

  private action(type: MessageType, node: JsonNode | undefined): string | undefined {
    if (node === undefined) return undefined;
    const { value } = node;
    if (typeof value !== "string") {
      this.add("action-type", "/2", node, "a text");
      return undefined;
    }
    const plain = this.version === "1.6" ? value : value.replace(/-Signed$/, "");
    if (!isKnownAction(this.version, plain)) {
      const guess = nearest(value, actionsOf(this.version));
      this.add("unknown-action", "/2", node, guess ?? `an action of OCPP ${this.version}`);
      return value;
    }
    if ((plain === sendOnly) !== (type === "SEND")) {
      const expected = plain === sendOnly ? `a SEND of ${plain}` : `a CALL of ${plain}`;
      this.add("wrong-message-type", "/0", this.root.items?.[0] ?? node, expected);
    }
    const caller = callerOf(this.version, plain);
    if (this.caller !== undefined && caller !== "both" && caller !== this.caller) {
      this.add("wrong-caller", "/2", node, `an action that the ${nameOf[this.caller]} calls`);
    }
    return value;
  }

  private error(items: readonly JsonNode[]): void {
    const [, , code, text, details] = items;
    if (code !== undefined) this.errorCode(code);
    if (text !== undefined) this.errorText(text);
    if (details !== undefined && details.members === undefined) {
      this.add("error-details", "/4", details, "an object, {} where there is nothing to say");
    }
  }

  private errorCode(node: JsonNode): void {
    const known = errorCodesOf(this.version);
    const { value } = node;
    if (typeof value === "string" && known.includes(value)) return;
    const other = typeof value === "string" ? otherSpelling(this.version, value) : undefined;
    if (other !== undefined) this.add("error-code-spelling", "/2", node, other);
    else {
      const guess = typeof value === "string" ? nearest(value, known) : undefined;
      this.add("error-code", "/2", node, guess ?? `one of ${known.join(", ")}`);
    }
  }

  private errorText(node: JsonNode): void {
    const { value } = node;
    if (typeof value !== "string")
      this.add("error-text", "/3", node, 'a text, "" where there is nothing to say');
    else if (this.version !== "1.6" && value.length > 255 && [...value].length > 255) {
      this.add("error-text-length", "/3", node, "at most 255 characters");
    }
  }
}

const nameOf: Readonly<Record<Side, string>> = { charger: "charge point", csms: "CSMS" };
