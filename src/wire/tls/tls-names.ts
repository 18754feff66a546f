// The names of TLS numbers in IANA's registries: versions, cipher suites, groups, signature schemes, alerts. An unknown
// number is shown as a number; reserved ones (GREASE, RFC 8701) are left out.

import { hex } from "../../base/bytes.js";

const versionNames: Readonly<Record<number, string>> = {
  768: "SSL 3.0",
  769: "TLS 1.0",
  770: "TLS 1.1",
  771: "TLS 1.2",
  772: "TLS 1.3",
};

const suiteNames: Readonly<Record<number, string>> = {
  4865: "TLS_AES_128_GCM_SHA256",
  4866: "TLS_AES_256_GCM_SHA384",
  4867: "TLS_CHACHA20_POLY1305_SHA256",
  4868: "TLS_AES_128_CCM_SHA256",
  4869: "TLS_AES_128_CCM_8_SHA256",
  4: "TLS_RSA_WITH_RC4_128_MD5",
  5: "TLS_RSA_WITH_RC4_128_SHA",
  9: "TLS_RSA_WITH_DES_CBC_SHA",
  10: "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
  47: "TLS_RSA_WITH_AES_128_CBC_SHA",
  51: "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
  53: "TLS_RSA_WITH_AES_256_CBC_SHA",
  57: "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
  60: "TLS_RSA_WITH_AES_128_CBC_SHA256",
  61: "TLS_RSA_WITH_AES_256_CBC_SHA256",
  103: "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
  107: "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
  156: "TLS_RSA_WITH_AES_128_GCM_SHA256",
  157: "TLS_RSA_WITH_AES_256_GCM_SHA384",
  158: "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
  159: "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
  255: "TLS_EMPTY_RENEGOTIATION_INFO_SCSV",
  22016: "TLS_FALLBACK_SCSV",
  49161: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
  49162: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
  49171: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
  49172: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
  49187: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
  49188: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
  49191: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
  49192: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
  49195: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  49196: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  49199: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  49200: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  49308: "TLS_RSA_WITH_AES_128_CCM",
  49312: "TLS_RSA_WITH_AES_128_CCM_8",
  49324: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
  49326: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8",
  52392: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  52393: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  52394: "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
};

const groupNames: Readonly<Record<number, string>> = {
  21: "secp224r1",
  23: "secp256r1",
  24: "secp384r1",
  25: "secp521r1",
  26: "brainpoolP256r1",
  27: "brainpoolP384r1",
  28: "brainpoolP512r1",
  29: "x25519",
  30: "x448",
  256: "ffdhe2048",
  4588: "X25519MLKEM768",
};

const schemeNames: Readonly<Record<number, string>> = {
  513: "rsa_pkcs1_sha1",
  515: "ecdsa_sha1",
  1025: "rsa_pkcs1_sha256",
  1027: "ecdsa_secp256r1_sha256",
  1281: "rsa_pkcs1_sha384",
  1283: "ecdsa_secp384r1_sha384",
  1537: "rsa_pkcs1_sha512",
  1539: "ecdsa_secp521r1_sha512",
  2052: "rsa_pss_rsae_sha256",
  2053: "rsa_pss_rsae_sha384",
  2054: "rsa_pss_rsae_sha512",
  2055: "ed25519",
  2056: "ed448",
};

const alertNames: Readonly<Record<number, string>> = {
  0: "close_notify",
  10: "unexpected_message",
  20: "bad_record_mac",
  22: "record_overflow",
  40: "handshake_failure",
  42: "bad_certificate",
  43: "unsupported_certificate",
  44: "certificate_revoked",
  45: "certificate_expired",
  46: "certificate_unknown",
  47: "illegal_parameter",
  48: "unknown_ca",
  49: "access_denied",
  50: "decode_error",
  51: "decrypt_error",
  70: "protocol_version",
  71: "insufficient_security",
  80: "internal_error",
  86: "inappropriate_fallback",
  90: "user_canceled",
  100: "no_renegotiation",
  109: "missing_extension",
  110: "unsupported_extension",
  112: "unrecognized_name",
  113: "bad_certificate_status_response",
  115: "unknown_psk_identity",
  116: "certificate_required",
  120: "no_application_protocol",
};

/** Whether a 16-bit number is a GREASE value (RFC 8701), which clients send so that servers keep accepting unknown ones. */
const isGrease = (number: number): boolean => (number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff);

const inHex = (number: number): string => `0x${hex(Uint8Array.of(number >> 8, number & 255))}`;

const namedBy =
  (names: Readonly<Record<number, string>>) =>
  (numbers: readonly number[]): readonly string[] =>
    numbers.filter((number) => !isGrease(number)).map((number) => names[number] ?? inHex(number));

/** The names of TLS versions. */
export const versionNamesOf: (numbers: readonly number[]) => readonly string[] = namedBy(versionNames);

/** The names of cipher suites. */
export const suiteNamesOf: (numbers: readonly number[]) => readonly string[] = namedBy(suiteNames);

/** The names of groups for key exchange. */
export const groupNamesOf: (numbers: readonly number[]) => readonly string[] = namedBy(groupNames);

/** The names of signature schemes. */
export const schemeNamesOf: (numbers: readonly number[]) => readonly string[] = namedBy(schemeNames);

/** The name of an alert. */
export function alertName(number: number): string {
  return alertNames[number] ?? `alert ${number}`;
}

/** The number of the alert of this name; undefined for an unknown name. */
export function alertNumber(name: string): number | undefined {
  const found = Object.entries(alertNames).find(([, known]) => known === name);
  return found === undefined ? undefined : Number(found[0]);
}

/** The names of all alerts. */
export const alertWords: readonly string[] = Object.values(alertNames);

/** A fatal alert as an unencrypted record: for use before a version is agreed, or in TLS 1.2. */
export function alertRecord(number: number, agreed?: "TLS 1.2"): Uint8Array {
  return Uint8Array.of(21, 3, agreed === undefined ? 1 : 3, 0, 2, 2, number);
}

/** Whether the bytes start like a TLS alert record, complete or not. */
export function beginsAlert(bytes: Uint8Array): boolean {
  return bytes[0] === 21 && bytes[1] === 3;
}

/** The alert number in an unencrypted alert record (RFC 8446 section 6); undefined if the bytes do not start with one. */
export function alertIn(bytes: Uint8Array): number | undefined {
  const [type, major, , high, low, , description] = bytes;
  return type === 21 && major === 3 && high === 0 && low === 2 ? description : undefined;
}
