// Sequence numbers of 2.x transactions (2.0.1 part 2, E, 1.3.2.1), by which the CSMS notices missing messages. Their order
// and their first value are free; a number between Started and Ended that never arrives is a defect.

import { BoundedMap } from "../../../base/bounded-map.js";
import { numberAt, textAt } from "../../../ocpp/payload.js";
import type { Exchange } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";

const patienceMs = 60_000;
const mostNumbers = 100_000;

/** The sequence numbers of one transaction. */
interface Sequence {
  readonly first: number;
  readonly seen: Set<number>;
  ended: { readonly exchange: Exchange; readonly last: number } | undefined;
}

const judge = ({ first, seen, ended }: Sequence, report: ReportDetection): void => {
  if (ended === undefined || ended.last - first > mostNumbers) return;
  const missing: number[] = [];
  for (let number = first; number <= ended.last; number++) if (!seen.has(number)) missing.push(number);
  if (missing.length === 0) return;
  const { place, action, connection } = ended.exchange;
  const some = `${missing.slice(0, 5).join(", ")}${missing.length > 5 ? " ..." : ""}`;
  report({
    code: "seq-no-missing",
    class: connection.isWire ? "defect" : "smell",
    place,
    action,
    pointer: "/3/seqNo",
    message: `the charger never sent these seqNo between Started (${first}) and Ended (${ended.last}), so data is lost: ${some}`,
  });
};

/** Detects missing sequence numbers. */
export const seqNoDetector: Detector = {
  codes: [
    {
      code: "seq-no-missing",
      class: "defect",
      clause: "OCPP 2.0.1 part 2, E, 1.3.2.1 (seqNo)",
      doc: "The charger did not send a seqNo between those of Started and Ended within 60 s after Ended, so data is lost. It is a smell in an imported log, which may lack messages. The first number does not matter.",
    },
  ],
  start: () => {
    const running = new BoundedMap<string, Sequence>(200);
    const settle = (nowMs: number | null, report: ReportDetection): void => {
      for (const [id, sequence] of running) {
        const endedAtMs = sequence.ended?.exchange.place.atMs ?? null;
        if (endedAtMs === null || nowMs === null || nowMs - endedAtMs <= patienceMs) continue;
        running.delete(id);
        judge(sequence, report);
      }
    };
    const add = (exchange: Exchange): void => {
      const { payload } = exchange;
      const id = textAt(payload, "transactionInfo", "transactionId");
      const value = numberAt(payload, "seqNo");
      if (id === undefined || value === undefined) return;
      const type = textAt(payload, "eventType");
      if (type === "Started" && !running.has(id))
        running.set(id, { first: value, seen: new Set(), ended: undefined });
      const sequence = running.get(id);
      if (sequence === undefined) return;
      if (sequence.seen.size < mostNumbers) sequence.seen.add(value);
      if (type === "Ended") sequence.ended ??= { exchange, last: value };
    };
    return (event, report) => {
      if (event.kind === "call" && event.exchange.action === "TransactionEvent") {
        if (!event.exchange.connection.isDisturbed) add(event.exchange);
      }
      if (event.kind === "call" || event.kind === "end") settle(event.nowMs, report);
    };
  },
};
