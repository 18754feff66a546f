// Which conditions a rule may have depends on what it acts on: before the upgrade, the charge point is not known; before
// the connection, there are no messages. A condition that nothing can meet is an error.

import type { IssueReporter } from "../../yaml/value.js";
import type { FaultUse } from "../contract/fault.js";
import type { Rule, When } from "./rule-set.js";

/** Reports the conditions that this rule cannot have. */
export function checkPoint(
  { point, when, faults }: Pick<Rule, "point" | "when"> & { readonly faults: readonly FaultUse[] },
  where: string,
  report: IssueReporter,
): void {
  if (point !== "upgrade" && point !== "tls") return;
  const unknown = [...new Set(unknownConditions(when, point === "tls"))];
  if (unknown.length === 0) return;
  const what = faults.map(({ fault }) => fault.name).join(", ");
  const hint =
    point === "tls"
      ? `${what} acts on TLS handshakes, before the charge point is known; use clock, or a trigger (counted per address)`
      : `${what} acts on upgrades, before there are messages; use identity or clock, or count upgrades with trigger: { nth: 2 }`;
  report(where, "too-early", `when cannot contain ${unknown.join(", ")}: ${hint}`);
}

const unknownConditions = (when: When, isTls: boolean): readonly string[] => {
  const { all = [], any = [], not } = when;
  const nested = [...all, ...any, ...(not === undefined ? [] : [not])];
  const used: Readonly<Record<string, boolean>> = {
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
  const own = Object.keys(used).filter((key) => used[key] === true);
  return [...own, ...nested.flatMap((one) => unknownConditions(one, isTls))];
};
