// How the tests run: `npm test` runs `quick`; `long` has the campaigns (kill -9, fuzz, load).
// At most two workers, each a process of its own, because many tests open real sockets and child processes.
// The files of `quick` share these two processes and their modules, so that no file has to load them again. Therefore
// a test restores what it changes in its process, and no module keeps state that another test could see.
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
