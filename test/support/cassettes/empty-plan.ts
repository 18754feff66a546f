// The plan of a replay without steps.
import type { Plan } from "../../../src/replay/plan/plan.js";

export const emptyPlan: Plan = {
  identity: "CP1",
  steps: [],
  slots: [],
  expectations: [],
  strays: [],
  versions: new Map(),
  times: undefined,
  registers: new Map(),
  notes: [],
};
