// How the tests run: `quick` is what `npm test` runs, `long` holds the campaigns (kill -9, fuzz, load).
// Two workers at most, each a process of its own, because many tests open real sockets and child processes.
// The files of `quick` share these two processes and their modules, which saves reading them again for each file: so
// a test puts back what it changes in its process, and a module of ours or of the tests' keeps no state that matters.
import { defineConfig } from "vitest/config";

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
          exclude: ["test/long/**"],
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
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
