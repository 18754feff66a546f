// Selections for tests.
import type { Selection } from "../../../src/analyse/select/selection.js";

/** The selection that keeps everything. */
export const everything: Selection = {
  transactions: [],
  from: undefined,
  to: undefined,
  around: [],
  spanNs: 300e9,
  connectors: [],
  only: [],
  skip: [],
};
