// The pairs view of Open OCPP Trace v1.1: every record with its effective action, the CALLs without an answer and the
// answers without a CALL. Pairs over the whole recording, because that format has no connections. Its schema closes
// `counts` and `records`, so what this program adds is in `vcr`.

import { createPairer } from "../../ocpp/envelope/pairer.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { positionOf, type RecordedMessage } from "./messages.js";

/** A record of the view. */
export interface PairRecord {
  readonly index: number;
  readonly messageType: "CALL" | "CALLRESULT" | "CALLERROR";
  readonly messageId: string;
  /** Of an answer: the action of its CALL; absent if it has none. */
  readonly action?: string;
  /** Of an answer: the index of its CALL; absent if it has none. */
  readonly correlatesWith?: number;
}

/** The pairs view of a recording. */
export interface PairsView {
  readonly schemaVersion: string;
  readonly counts: {
    readonly records: number;
    readonly calls: number;
    readonly callResults: number;
    readonly callErrors: number;
  };
  readonly records: readonly PairRecord[];
  readonly unansweredCalls: readonly number[];
  readonly orphanResponses: readonly number[];
  readonly vcr: {
    /** For each record: the index of the entry that completed it. */
    readonly entries: readonly number[];
    readonly unreadable: number;
    readonly typesFiveAndSix: number;
    readonly controlFrames: number;
  };
}

type Paired = Extract<Envelope, { kind: "call" | "call-result" | "call-error" }>;

const isPaired = (envelope: Envelope): envelope is Paired =>
  envelope.kind === "call" || envelope.kind === "call-result" || envelope.kind === "call-error";

class PairsCollector {
  private readonly records: PairRecord[] = [];
  private readonly entries: number[] = [];
  private readonly orphans: number[] = [];
  private readonly pairer = createPairer<number>();
  private unreadable = 0;
  private typesFiveAndSix = 0;
  private controlFrames = 0;

  add(message: RecordedMessage): void {
    if (message.kind === "control") {
      this.controlFrames++;
      return;
    }
    const envelope = message.complete && message.text !== undefined ? parseEnvelope(message.text) : undefined;
    if (envelope === undefined || envelope.kind === "unreadable") this.unreadable++;
    else if (!isPaired(envelope)) this.typesFiveAndSix++;
    else this.addPaired(message, envelope);
  }

  private addPaired(message: RecordedMessage, envelope: Paired): void {
    const index = this.records.length;
    this.entries.push(positionOf(message));
    const { id: messageId } = envelope;
    if (envelope.kind === "call") {
      const { action } = envelope;
      this.pairer.call(message.direction, messageId, action, index);
      this.records.push({ index, messageType: "CALL", messageId, action });
      return;
    }
    const messageType = envelope.kind === "call-result" ? "CALLRESULT" : "CALLERROR";
    const call = this.pairer.answer(message.direction, messageId);
    if (call === undefined) this.orphans.push(index);
    const found = call === undefined ? {} : { action: call.action, correlatesWith: call.tag };
    this.records.push({ index, messageType, messageId, ...found });
  }

  view(): PairsView {
    const { records, entries, unreadable, typesFiveAndSix, controlFrames } = this;
    const count = (type: PairRecord["messageType"]): number =>
      records.filter(({ messageType }) => messageType === type).length;
    const open = [...this.pairer.open("cp-to-csms"), ...this.pairer.open("csms-to-cp")];
    return {
      schemaVersion: "1.1",
      counts: {
        records: records.length,
        calls: count("CALL"),
        callResults: count("CALLRESULT"),
        callErrors: count("CALLERROR"),
      },
      records,
      unansweredCalls: open.map(({ tag }) => tag).sort((a, b) => a - b),
      orphanResponses: this.orphans,
      vcr: { entries, unreadable, typesFiveAndSix, controlFrames },
    };
  }
}

/** Pairs the messages of a recording. */
export function pairsOf(messages: Iterable<RecordedMessage>): PairsView {
  const collector = new PairsCollector();
  for (const message of messages) collector.add(message);
  return collector.view();
}
