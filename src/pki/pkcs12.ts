// PKCS#12 containers (RFC 7292): key, certificate and chain in one file with a password. Written here from ASN.1,
// because node-forge can wrap RSA only; the key is encrypted by node:crypto (PBES2, AES-256), the seal is an HMAC
// with SHA-256. Read by node-forge, which hands over what it cannot decode itself.

import { createHash, createHmac, type KeyObject, randomBytes } from "node:crypto";
import forge from "node-forge";
import { fromLatin1, latin1 } from "../base/bytes.js";
import { errorText, VcrError } from "../base/errors.js";
import {
  type Asn1,
  bmpString,
  fromDer,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  set,
  tagged,
  toDer,
} from "./asn1.js";

/** The content of a container. */
export interface Bundle {
  /** DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[];
  readonly hasKey: boolean;
}

const data = "1.2.840.113549.1.7.1";
const iterations = 10_000;

const bag = (type: string, value: Asn1, ...attributes: readonly Asn1[]): Asn1 =>
  sequence(oid(type), tagged(0, value), ...(attributes.length > 0 ? [set(...attributes)] : []));

const content = (bytes: Uint8Array): Asn1 => sequence(oid(data), tagged(0, octetString(bytes)));

const attribute = (type: string, value: Asn1): Asn1 => sequence(oid(type), set(value));

const certificateBag = (der: Uint8Array, ...attributes: readonly Asn1[]): Asn1 =>
  bag(
    "1.2.840.113549.1.12.10.1.3",
    sequence(oid("1.2.840.113549.1.9.22.1"), tagged(0, octetString(der))),
    ...attributes,
  );

const sealOf = (bytes: Uint8Array, password: string): Asn1 => {
  const salt = randomBytes(16);
  // node-forge's types do not know that the digest can be chosen.
  const derive = (forge as unknown as { pkcs12: { generateKey: DeriveKey } }).pkcs12.generateKey;
  const salted = forge.util.createBuffer(latin1(salt));
  const key = derive(password, salted, 3, iterations, 32, forge.md.sha256.create());
  const seal = createHmac("sha256", fromLatin1(key.getBytes())).update(bytes).digest();
  const algorithm = sequence(oid("2.16.840.1.101.3.4.2.1"), nothing());
  return sequence(sequence(algorithm, octetString(seal)), octetString(salt), integer(iterations));
};

type DeriveKey = (
  password: string,
  salt: forge.util.ByteBuffer,
  id: number,
  iterations: number,
  bytes: number,
  digest: forge.md.MessageDigest,
) => forge.util.ByteBuffer;

/** Programs disagree about how other characters become bytes, so that such a container opens in some of them only. */
const checkPassword = (password: string): void => {
  if (/^[\x20-\x7e]+$/.test(password)) return;
  throw new VcrError(
    "CERTIFICATE_UNFIT",
    password === "" ? "the password is empty" : "the password holds other characters than printable ASCII",
    "Choose one of ASCII characters: programs read others differently.",
  );
};

/** Makes a container; the first certificate is the key's. */
export function makePkcs12(
  key: KeyObject,
  certificates: readonly Uint8Array[],
  password: string,
  friendlyName: string,
): Uint8Array {
  checkPassword(password);
  const [leaf, ...chain] = certificates;
  if (leaf === undefined) throw new Error("a container needs a certificate");
  const mark = [
    attribute("1.2.840.113549.1.9.20", bmpString(friendlyName)),
    attribute("1.2.840.113549.1.9.21", octetString(createHash("sha1").update(leaf).digest())),
  ];
  const wrapped = fromDer(
    key.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: password }),
  );
  if (wrapped === undefined) throw new Error("an encrypted key of node:crypto is no DER");
  const keys = sequence(bag("1.2.840.113549.1.12.10.1.2", wrapped, ...mark));
  const bags = sequence(certificateBag(leaf, ...mark), ...chain.map((der) => certificateBag(der)));
  const safe = toDer(sequence(content(toDer(bags)), content(toDer(keys))));
  return toDer(sequence(integer(3), content(safe), sealOf(safe, password)));
}

/** Whether these bytes are a PKCS#12 container: version 3, then a content. */
export function isPkcs12(bytes: Uint8Array): boolean {
  // Some programs write indefinite lengths, so the beginning is all that can be compared.
  return (
    bytes[0] === 0x30 &&
    /^30(80|[0-7].|81..|82....|83......|84........)020103/.test(
      Buffer.from(bytes.subarray(0, 9)).toString("hex"),
    )
  );
}

const bagsOf = (bytes: Uint8Array, password: string): readonly forge.pkcs12.Bag[] => {
  try {
    const container = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(latin1(bytes)), password);
    return container.safeContents.flatMap(({ safeBags }) => safeBags);
  } catch (cause) {
    const why = errorText(cause).replace(/\.$/, "");
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the PKCS#12 container does not open: ${why}`,
      "Usually the password is another one.",
      cause,
    );
  }
};

/** Reads a container. Throws VcrError CERTIFICATE_UNFIT where the password does not open it. */
export function readPkcs12(bytes: Uint8Array, password: string): Bundle {
  const bags = bagsOf(bytes, password);
  const certificates = bags
    .filter(({ type }) => type === forge.pki.oids.certBag)
    .flatMap(({ cert, asn1 }) => {
      const element = cert ? forge.pki.certificateToAsn1(cert) : asn1;
      return element === undefined ? [] : [toDer(element)];
    });
  const keys: readonly (string | undefined)[] = [forge.pki.oids.keyBag, forge.pki.oids.pkcs8ShroudedKeyBag];
  return { certificates, hasKey: bags.some(({ type }) => keys.includes(type)) };
}
