// Rule files that several tests of the relay share.

const file = (...rules: readonly string[]): string =>
  `version: 1\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`;

/** One rule for messages of chargers with this action. */
export const fromCharger = (action: string, then: string): string =>
  file(`{ id: r1, when: { direction: cp-to-csms, action: ${action} }, then: [ ${then} ] }`);

/** Rules that look at every message of both directions and never act on one. */
export const neverFiring: string = file(
  "{ id: n1, when: { action: NoSuchAction }, then: [ { drop: {} } ] }",
  "{ id: n2, when: { path: { /no/such: { exists: true } } }, then: [ { drop: {} } ] }",
  "{ id: n3, trigger: { after: 1000000 }, then: [ { drop: {} } ] }",
);

/** Delays `Slow` by 100 ms and up to 250 ms more, and holds the whole lane 200 ms for `Lane`. */
export const delays: string = file(
  "{ id: slow, when: { action: Slow }, then: [ { delay: { ms: 100, jitter: 250 } } ] }",
  "{ id: lane, when: { action: Lane }, then: [ { delay: { ms: 200, holds: lane } } ] }",
);
