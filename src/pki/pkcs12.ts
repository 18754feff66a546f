// PKCS#12 containers (RFC 7292): key, certificate and chain in one file with a password. They are written here from ASN.1,
// because node-forge supports only RSA keys: node:crypto encrypts the key (PBES2, AES-256), and the integrity check is an
// HMAC with SHA-256. node-forge reads them, and gives what it cannot decode as ASN.1.

import { createHash, createHmac, type KeyObject, randomBytes } from "node:crypto";
import forge from "node-forge";
import { fromLatin1, latin1 } from "../base/bytes.js";
import { errorText, VcrError } from "../base/errors.js";
import {
  type Asn1,
  bmpString,
  fromDer,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  tagged,
  toDer,
} from "./asn1.js";

/** The content of a PKCS#12 container. */
export interface Pkcs12Content {
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

const macOf = (bytes: Uint8Array, password: string): Asn1 => {
  const salt = randomBytes(16);
  // node-forge's types leave out that the digest can be chosen.
  const derive = (forge as unknown as { pkcs12: { generateKey: DeriveKey } }).pkcs12.generateKey;
  const salted = forge.util.createBuffer(latin1(salt));
  const key = derive(password, salted, 3, iterations, 32, forge.md.sha256.create());
  const mac = createHmac("sha256", fromLatin1(key.getBytes())).update(bytes).digest();
  const algorithm = sequence(oid("2.16.840.1.101.3.4.2.1"), nullValue());
  return sequence(sequence(algorithm, octetString(mac)), octetString(salt), integer(iterations));
};

type DeriveKey = (
  password: string,
  salt: forge.util.ByteBuffer,
  id: number,
  iterations: number,
  bytes: number,
  digest: forge.md.MessageDigest,
) => forge.util.ByteBuffer;

/** Programs encode other characters in different ways, so that the container would open only in some of them. */
const checkPassword = (password: string): void => {
  if (/^[\x20-\x7e]+$/.test(password)) return;
  throw new VcrError(
    "CERTIFICATE_UNFIT",
    password === "" ? "the password is empty" : "the password has characters that are not printable ASCII",
    "Use printable ASCII only: programs encode other characters in different ways.",
  );
};

/** Makes a container. The first certificate is that of the key. Throws VcrError CERTIFICATE_UNFIT. */
export function makePkcs12(
  key: KeyObject,
  certificates: readonly Uint8Array[],
  password: string,
  friendlyName: string,
): Uint8Array {
  checkPassword(password);
  const [leaf, ...chain] = certificates;
  if (leaf === undefined) throw new Error("a container needs a certificate");
  const attributes = [
    attribute("1.2.840.113549.1.9.20", bmpString(friendlyName)),
    attribute("1.2.840.113549.1.9.21", octetString(createHash("sha1").update(leaf).digest())),
  ];
  const wrapped = fromDer(
    key.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: password }),
  );
  if (wrapped === undefined) throw new Error("node:crypto gave an encrypted key that is not DER");
  const keys = sequence(bag("1.2.840.113549.1.12.10.1.2", wrapped, ...attributes));
  const bags = sequence(certificateBag(leaf, ...attributes), ...chain.map((der) => certificateBag(der)));
  const safe = toDer(sequence(content(toDer(bags)), content(toDer(keys))));
  return toDer(sequence(integer(3), content(safe), macOf(safe, password)));
}

/** Whether these bytes begin as a PKCS#12 container: version 3, then its content. */
export function isPkcs12(bytes: Uint8Array): boolean {
  // Some programs write indefinite lengths, so only the beginning can be compared.
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
    const reason = errorText(cause).replace(/\.$/, "");
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the PKCS#12 container cannot be opened: ${reason}`,
      "The password is probably wrong.",
      cause,
    );
  }
};

/** Reads a container. Throws VcrError CERTIFICATE_UNFIT if it cannot be opened with the password. */
export function readPkcs12(bytes: Uint8Array, password: string): Pkcs12Content {
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
