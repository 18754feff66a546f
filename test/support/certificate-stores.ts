// A certificate store for tests, made once a file: keys take most of the time.
import { join } from "node:path";
import { initStore } from "../../src/pki/store.js";
import { temporaryFolder } from "./temporary-folder.js";

/** The moment at which the stores of tests were made: now, to the second, since peers look at the clock. */
export const madeAt: Date = new Date(Math.floor(Date.now() / 1000) * 1000);

/** Makes a store for csms.example.com and 127.0.0.1; gives its folder. */
export function makeStore(organization = "Test CPO"): string {
  const folder = join(temporaryFolder(), "certs");
  initStore(folder, { organization, names: ["csms.example.com"], addresses: ["127.0.0.1"] }, madeAt);
  return folder;
}
