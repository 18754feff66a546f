// Flawed certificates for negative tests. Each has exactly one flaw, so that a strict peer refuses it for that reason. A
// flaw changes the content of the leaf, its signer, or the certificates that are sent with it.

import { assertNever } from "../base/assert-never.js";
import { type Authority, daysFrom, type Leaf } from "./authority.js";

/** The flaw of a certificate. */
export type Flaw =
  | "expired"
  | "not-yet-valid"
  | "wrong-host"
  | "wrong-identity"
  | "wrong-org"
  | "foreign-ca"
  | "self-signed"
  | "no-chain";

/** The flaws that a certificate of a server or of a station can have. */
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

/** The authorities, of one kind of key, that a flaw may need. The last two are made when they are needed. */
export interface Signers {
  readonly root: Authority;
  foreign(): Authority;
  intermediate(): Authority;
}

/** A leaf to mint, its signer, and the certificates to send with it (DER). */
export interface MintPlan {
  readonly leaf: Leaf;
  readonly signer: Authority | "self";
  readonly chain: readonly Uint8Array[];
}

/** The plan for a leaf with this flaw; without a flaw, the root signs it. */
export function withFlaw(leaf: Leaf, flaw: Flaw | undefined, signers: Signers, now: Date): MintPlan {
  const changed = (change: Partial<Leaf>): MintPlan => ({
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
      // The foreign root is sent too, so that the peer sees a complete chain to a root that it does not trust.
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
