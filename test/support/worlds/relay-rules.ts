// Rule files for the tests of the relay.

const file = (...rules: readonly string[]): string =>
  `version: 1\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`;

/** One rule for what charge points send. */
export const fromCharger = (action: string, then: string): string =>
  file(`{ id: r1, when: { direction: cp-to-csms, action: ${action} }, then: [ ${then} ] }`);

/** Rules that look at every message of both directions and never act. */
export const neverFiring: string = file(
  "{ id: n1, when: { action: NoSuchAction }, then: [ { drop: {} } ] }",
  "{ id: n2, when: { path: { /no/such: { exists: true } } }, then: [ { drop: {} } ] }",
  "{ id: n3, trigger: { after: 1000000 }, then: [ { drop: {} } ] }",
);

/** Delays `Slow` alone by 100 ms, give or take 250 ms, and `Lane` with its lane by 200 ms. */
export const delays: string = file(
  "{ id: slow, when: { action: Slow }, then: [ { delay: { ms: 100, jitter: 250 } } ] }",
  "{ id: lane, when: { action: Lane }, then: [ { delay: { ms: 200, holds: lane } } ] }",
);
