// Certificate stores for tests, made once a file or once a process: keys take most of the time.
import { join } from "node:path";
import { initStore } from "../../../src/pki/store.js";
import { lastingFolder, temporaryFolder } from "./temporary-folder.js";

/** The moment at which the stores of tests were made: now, to the second, since peers look at the clock. */
export const madeAt: Date = new Date(Math.floor(Date.now() / 1000) * 1000);

/** Makes a store for csms.example.com and 127.0.0.1 that goes with the test file; gives its folder. */
export function makeStore(organization = "Test CPO"): string {
  return makeStoreIn(temporaryFolder(), organization);
}

/** The same, for all test files of this process: what a test does with it must not matter to the next. */
export function makeLastingStore(): string {
  return makeStoreIn(lastingFolder(), "Test CPO");
}

function makeStoreIn(place: string, organization: string): string {
  const folder = join(place, "certs");
  initStore(folder, { organization, names: ["csms.example.com"], addresses: ["127.0.0.1"] }, madeAt);
  return folder;
}
