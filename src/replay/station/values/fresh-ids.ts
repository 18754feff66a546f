// New ids for those that the recorded station made: a function of the seed, the run and the recorded id, so that the same
// run repeats byte for byte and a recorded retry keeps one id. OCPP-J 1.6 section 4.1.4 and 2.0.1 part 4 section 4.1.4:
// texts of at most 36 characters, which are never used twice.

import { utf8 } from "../../../base/bytes.js";

/** SHA-256 in hexadecimal digits. */
type Sha256 = (bytes: Uint8Array) => string;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const longestLegal = 36;

const asUuid = (digits: string): string => {
  const variant = "89ab"[Number.parseInt(digits.slice(16, 17), 16) & 3] ?? "8";
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
  return [...parts, `${variant}${digits.slice(17, 20)}`, digits.slice(20, 32)].join("-");
};

/** Eighteen decimal digits without a leading zero. */
const asDecimal = (digits: string): string => {
  const value = BigInt(`0x${digits.slice(0, 30)}`) % 900_000_000_000_000_000n;
  return String(value + 100_000_000_000_000_000n);
};

/** Makes the ids of one run of one station. */
export class FreshIds {
  private readonly sha256: Sha256;
  private readonly prefix: string;

  constructor(
    sha256: Sha256,
    of: { readonly seed: number; readonly run: number; readonly identity: string },
  ) {
    this.sha256 = sha256;
    this.prefix = `${of.seed} ${of.run} ${of.identity.length} ${of.identity}`;
  }

  /** The id for a recorded one: a UUID for a UUID, digits for digits, else 32 hexadecimal digits. */
  for(what: "message" | "transaction", recorded: string): string {
    if (recorded === "") return "";
    const digits = this.sha256(utf8(`${this.prefix} ${what} ${recorded}`));
    if (uuid.test(recorded)) {
      const made = asUuid(digits);
      return recorded === recorded.toUpperCase() ? made.toUpperCase() : made;
    }
    // An id that is too long is a fault of the charger, which is repeated.
    if (recorded.length > longestLegal)
      return digits.repeat(Math.ceil(recorded.length / 64)).slice(0, recorded.length);
    return /^\d+$/.test(recorded) ? asDecimal(digits) : digits.slice(0, 32);
  }

  /** An id for a message that the recording does not have. */
  made(name: string): string {
    return asUuid(this.sha256(utf8(`${this.prefix} made ${name}`)));
  }
}
