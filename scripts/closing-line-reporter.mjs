// A vitest reporter that ends the output with one plain line, "N passed, N failed, N skipped", for programs that do not
// know vitest. It never changes the exit code.

/** Counts every test; what fails outside a test (a file that does not load, a stray rejection) counts as failed. */
export default class ClosingLineReporter {
  #line;

  onInit() {
    // Printed at exit, after everything that vitest prints.
    process.once("exit", () => {
      if (this.#line !== undefined) process.stdout.write(`${this.#line}\n`);
    });
  }

  onTestRunEnd(testModules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of testModules) {
      count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed" || state === "failed") count[state] += 1;
        else count.skipped += 1;
      }
    }
    this.#line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
  }
}
