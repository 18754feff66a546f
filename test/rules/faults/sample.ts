// What the tests of single faults share: an input with given draws, and rules that act at the start of a connection.
import type { FaultInput } from "../../../src/rules/contract/fault.js";
import { ruledMessage, textFrame } from "../sample.js";

/** An input with one copy. */
export const inputOf = (drawn = 0.5): FaultInput => ({
  message: ruledMessage("[2]"),
  copies: [textFrame("[2]").raw],
  draw: () => drawn,
});

/** A rule file with one rule for the beginning of connections. */
export const onConnection = (then: string, rest = ""): string =>
  `version: 1\nrules:\n  - { id: r1, ${rest}then: [ ${then} ] }\n`;

/** A rule file with one rule for what charge points say. */
export const onAction = (action: string, then: string): string =>
  `version: 1\nrules:\n  - { id: r1, when: { direction: cp-to-csms, action: ${action} }, then: [ ${then} ] }\n`;
