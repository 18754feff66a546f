// Negative certificates: each is right but for one thing, so that a strict peer refuses it for exactly that. A flaw
// changes the order for a leaf, or who signs it, or what is sent with it.

import { assertNever } from "../base/assert-never.js";
import { type Authority, daysFrom, type Leaf } from "./authority.js";

/** What can be wrong with a negative certificate. */
export type Flaw =
  | "expired"
  | "not-yet-valid"
  | "wrong-host"
  | "wrong-identity"
  | "wrong-org"
  | "foreign-ca"
  | "self-signed"
  | "no-chain";

/** The flaws that a server's and that a station's certificate can have. */
export const flawsOf: Readonly<Record<"server" | "client", readonly Flaw[]>> = {
  server: ["expired", "not-yet-valid", "wrong-host", "wrong-org", "foreign-ca", "self-signed", "no-chain"],
  client: [
    "expired",
    "not-yet-valid",
    "wrong-identity",
    "wrong-org",
    "foreign-ca",
    "self-signed",
    "no-chain",
  ],
};

/** The authorities of one kind of key that a flaw may call for; the last two are made only then. */
export interface Signers {
  readonly root: Authority;
  foreign(): Authority;
  intermediate(): Authority;
}

/** A leaf to mint, who signs it, and the certificates sent along with it (DER). */
export interface Order {
  readonly leaf: Leaf;
  readonly signer: Authority | "self";
  readonly chain: readonly Uint8Array[];
}

/** The order with the flaw in it; without one, as the root signs it. */
export function withFlaw(leaf: Leaf, flaw: Flaw | undefined, signers: Signers, now: Date): Order {
  const changed = (change: Partial<Leaf>): Order => ({
    leaf: { ...leaf, ...change },
    signer: signers.root,
    chain: [],
  });
  const { subject } = leaf;
  switch (flaw) {
    case undefined:
      return changed({});
    case "expired":
      return changed({ validity: { notBefore: daysFrom(now, -30), notAfter: daysFrom(now, -1) } });
    case "not-yet-valid":
      return changed({ validity: { notBefore: daysFrom(now, 30), notAfter: daysFrom(now, 197) } });
    case "wrong-host":
      return changed({
        subject: { ...subject, commonName: "wrong-host.invalid" },
        names: ["wrong-host.invalid"],
        addresses: [],
      });
    case "wrong-identity":
      return changed({ subject: { ...subject, commonName: "WRONG-IDENTITY" } });
    case "wrong-org":
      return changed({ subject: { ...subject, organization: "Wrong Organization" } });
    case "foreign-ca": {
      const foreign = signers.foreign();
      // The foreign root goes along: the peer then sees a whole chain that ends where it trusts nobody.
      return { leaf, signer: foreign, chain: [foreign.certificate] };
    }
    case "self-signed":
      return { leaf, signer: "self", chain: [] };
    case "no-chain":
      return { leaf, signer: signers.intermediate(), chain: [] };
    default:
      return assertNever(flaw);
  }
}
