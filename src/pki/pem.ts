// PEM (RFC 7468): blocks of Base64 between lines that name them.

import { utf8 } from "../base/bytes.js";

/** One block of a PEM file. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, `CERTIFICATE REQUEST` ... */
  readonly label: string;
  readonly der: Uint8Array;
}

const block = /-----BEGIN ([A-Z0-9 ]{1,60})-----([^-]*)-----END \1-----/g;

/** The PEM text of one block, with a line feed at its end. */
export function toPem(label: string, der: Uint8Array): string {
  const digits = Buffer.from(der).toString("base64");
  return [`-----BEGIN ${label}-----`, ...(digits.match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ""].join(
    "\n",
  );
}

/** All blocks of a text, in order. Text between them is ignored. */
export function fromPem(text: string): readonly PemBlock[] {
  return [...text.matchAll(block)].map(([, label = "", body = ""]) => ({
    label,
    der: new Uint8Array(Buffer.from(body.replaceAll(/\s/g, ""), "base64")),
  }));
}

/** The certificates of a PEM file, or the one certificate of a DER file. */
export function certificatesOf(content: Uint8Array | string): readonly Uint8Array[] {
  const text = typeof content === "string" ? content : Buffer.from(content).toString("latin1");
  const found = fromPem(text).filter(({ label }) => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label));
  if (found.length > 0) return found.map(({ der }) => der);
  const bytes = typeof content === "string" ? utf8(content) : content;
  return bytes[0] === 0x30 ? [bytes] : [];
}
