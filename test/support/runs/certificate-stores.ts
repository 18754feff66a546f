// Certificate stores for tests. Making keys is slow, so a store is made once per test file, or once per process.
import { join } from "node:path";
import { initStore } from "../../../src/pki/store.js";
import { lastingFolder, temporaryFolder } from "./temporary-folder.js";

/** When the stores of tests were made: now, in whole seconds, because peers compare certificates with the clock. */
export const madeAt: Date = new Date(Math.floor(Date.now() / 1000) * 1000);

/** Makes a store for csms.example.com and 127.0.0.1, removed after the test file; returns its folder. */
export function makeStore(organization = "Test CPO"): string {
  return makeStoreIn(temporaryFolder(), organization);
}

/** The same for all test files of this process: no test may change what another relies on. */
export function makeLastingStore(): string {
  return makeStoreIn(lastingFolder(), "Test CPO");
}

function makeStoreIn(place: string, organization: string): string {
  const folder = join(place, "certs");
  initStore(folder, { organization, names: ["csms.example.com"], addresses: ["127.0.0.1"] }, madeAt);
  return folder;
}
