// Sequence numbers of 2.x transactions (2.0.1 part 2, E, 1.3.2.1): they tell the CSMS what it misses. Their order
// and where they begin are free; what counts is a hole between Started and Ended that stays open.

import { BoundedMap } from "../../../base/bounded-map.js";
import { numberAt, textAt } from "../../../ocpp/payload.js";
import type { Exchange } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";

const patience = 60_000;
const mostNumbers = 100_000;

interface Numbered {
  readonly first: number;
  readonly seen: Set<number>;
  ended: { readonly exchange: Exchange; readonly last: number } | undefined;
}

const judge = ({ first, seen, ended }: Numbered, report: ReportDetection): void => {
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
    message: `between Started (${first}) and Ended (${ended.last}) these seqNo never came: ${some}`,
  });
};

/** Finds holes in the sequence numbers of transactions. */
export const seqNoDetector: Detector = {
  codes: [
    {
      code: "seq-no-missing",
      class: "defect",
      clause: "OCPP 2.0.1 part 2, E, 1.3.2.1 (seqNo)",
      doc: "Between the seqNo of Started and that of Ended some number did not come within 60 s after Ended: data is lost. A smell in an imported log, which may miss messages itself. Where numbering begins does not matter.",
    },
  ],
  start: () => {
    const running = new BoundedMap<string, Numbered>(200);
    const settle = (now: number | null, report: ReportDetection): void => {
      for (const [id, numbered] of running) {
        const at = numbered.ended?.exchange.place.atMs ?? null;
        if (numbered.ended === undefined || at === null || now === null || now - at <= patience) continue;
        running.delete(id);
        judge(numbered, report);
      }
    };
    const number = (exchange: Exchange): void => {
      const { payload } = exchange;
      const id = textAt(payload, "transactionInfo", "transactionId");
      const value = numberAt(payload, "seqNo");
      if (id === undefined || value === undefined) return;
      const type = textAt(payload, "eventType");
      if (type === "Started" && !running.has(id))
        running.set(id, { first: value, seen: new Set(), ended: undefined });
      const numbered = running.get(id);
      if (numbered === undefined) return;
      if (numbered.seen.size < mostNumbers) numbered.seen.add(value);
      if (type === "Ended") numbered.ended ??= { exchange, last: value };
    };
    return (event, report) => {
      if (event.kind === "call" && event.exchange.action === "TransactionEvent") {
        if (!event.exchange.connection.isDisturbed) number(event.exchange);
      }
      if (event.kind === "call" || event.kind === "end") settle(event.nowMs, report);
    };
  },
};
