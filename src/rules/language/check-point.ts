// What a rule may ask depends on what it acts on: before the upgrade nobody knows who dials, before the connection there
// are no messages. A question that nothing could answer is an error and not a rule that never acts.

import type { IssueReporter } from "../../yaml/value.js";
import type { FaultUse } from "../contract/fault.js";
import type { Rule, When } from "./rule-set.js";

/** Reports what this rule asks and cannot be told. */
export function checkPoint(
  { point, when, faults }: Pick<Rule, "point" | "when"> & { readonly faults: readonly FaultUse[] },
  where: string,
  report: IssueReporter,
): void {
  if (point !== "upgrade" && point !== "tls") return;
  const asked = [...new Set(unknowable(when, point === "tls"))];
  if (asked.length === 0) return;
  const what = faults.map(({ fault }) => fault.name).join(", ");
  const mend =
    point === "tls"
      ? `${what} acts on TLS handshakes, before the charge point says who it is; ask with clock, or by trigger (counted for each address)`
      : `${what} acts on upgrades, before there are connection and messages; ask for identity or clock, or count upgrades with trigger: { nth: 2 }`;
  report(where, "too-early", `when cannot ask for ${asked.join(", ")}: ${mend}`);
}

const unknowable = (when: When, isTls: boolean): readonly string[] => {
  const { all = [], any = [], not } = when;
  const nested = [...all, ...any, ...(not === undefined ? [] : [not])];
  const asked: Readonly<Record<string, boolean>> = {
    identity: isTls && when.identities !== undefined,
    direction: when.direction !== undefined,
    version: when.versions !== undefined,
    type: when.types !== undefined,
    action: when.actions !== undefined,
    connection: when.connection !== undefined,
    path: when.paths.length > 0,
    state: isTls && when.state !== undefined,
    window: when.window !== undefined,
  };
  const own = Object.keys(asked).filter((key) => asked[key] === true);
  return [...own, ...nested.flatMap((one) => unknowable(one, isTls))];
};
