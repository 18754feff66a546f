// How the tests run: `quick` and `pure` are what `npm test` runs, `long` holds the campaigns (kill -9, fuzz, load).
// Two workers at most, each a process of its own, because many tests open real sockets and child processes.
import { defineConfig } from "vitest/config";

// The tests of the pure cores share a process and its modules: nothing in these keeps a state.
const pure = [
  ...["base", "wire", "ocpp", "cassette", "rules", "relay", "replay"].map(
    (name) => `test/${name}/**/*.test.ts`,
  ),
  "test/analyse/*.test.ts",
  "test/analyse/detectors/**/*.test.ts",
];
const times = { testTimeout: 20_000, hookTimeout: 20_000 };

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", "./scripts/closing-line-reporter.mjs"],
    coverage: { provider: "v8", include: ["src/**/*.ts"] },
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: ["test/**/*.test.ts"],
          exclude: ["test/long/**", ...pure],
          ...times,
        },
      },
      {
        extends: true,
        test: { name: "pure", include: pure, isolate: false, ...times },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
