// The folder of a certificate store, and the only file operations on it. Folders are 0700 and keys 0600 from the
// moment they exist; nothing is ever overwritten; links and keys that others could read are refused, with the
// command that mends it. Windows has no such modes: there the folder's own rights are what counts.

import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { systemErrorCode, VcrError } from "../base/errors.js";

const hasModes = process.platform !== "win32";

/** A path as a shell takes it, for the commands in hints. */
const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const refuse = (message: string, hint: string, cause?: unknown): VcrError =>
  new VcrError("CERTIFICATE_STORE", message, hint, cause);

const statOf = (path: string): Stats | undefined => {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw refuse(
      `${path} cannot be looked at (${systemErrorCode(error)})`,
      "Check the folder's rights.",
      error,
    );
  }
};

/** Throws unless the folder is a real one that only its owner can enter. */
function checkFolder(path: string, found: Stats): void {
  if (found.isSymbolicLink()) throw refuse(`${path} is a symbolic link`, "Name the folder itself.");
  if (!found.isDirectory()) throw refuse(`${path} is no folder`, "Name another with --certs.");
  if (hasModes && (found.mode & 0o077) !== 0)
    throw refuse(
      `others than its owner can enter ${path} (mode ${(found.mode & 0o777).toString(8)})`,
      `Run: chmod 700 ${quoted(path)}`,
    );
}

/** Makes the folder with mode 0700 if it is missing; an existing one must be as safe. */
export function makeFolder(path: string): void {
  if (statOf(path) === undefined)
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      // A umask may have taken bits of ours away.
      if (hasModes) chmodSync(path, 0o700);
    } catch (error) {
      throw new VcrError(
        "FILE_UNWRITABLE",
        `${path} cannot be made (${systemErrorCode(error)})`,
        "Name another.",
        error,
      );
    }
  const found = statOf(path);
  if (found !== undefined) checkFolder(path, found);
}

/** Whether no store is there: no folder, or one that holds a README alone, as `certs/` of the sources does. */
export function holdsNoStore(path: string): boolean {
  const found = statOf(path);
  if (found === undefined) return true;
  return found.isDirectory() && listFolder(path).every((name) => name === "README.md");
}

/** Makes the folder of a new store. An existing one without a store is used, and closed to other users. */
export function claimFolder(path: string): void {
  if (statOf(path) !== undefined && holdsNoStore(path) && hasModes) chmodSync(path, 0o700);
  makeFolder(path);
}

/** Throws unless a folder is there and safe to hold keys. */
export function requireFolder(path: string): void {
  const found = statOf(path);
  if (found === undefined) throw refuse(`there is no certificate store ${path}`, "Run: ocpp-vcr certs init");
  checkFolder(path, found);
}

/** The names in a folder, sorted; none where there is no such folder. */
export function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw refuse(`${path} cannot be read (${systemErrorCode(error)})`, "Check its rights.", error);
  }
}

const writeWhole = (path: string, content: string | Uint8Array, mode: number): void => {
  const file = openSync(path, "wx", mode);
  try {
    if (hasModes) fchmodSync(file, mode);
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Writes a new file, whole or not at all; false where something of that name is there already, which stays as it is. */
export function createFile(path: string, content: string | Uint8Array, mode: 0o600 | 0o644): boolean {
  // The name appears only when the content is complete, so that another process never reads half a key.
  const draft = `${path}.${randomBytes(4).toString("hex")}.new`;
  try {
    writeWhole(draft, content, mode);
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(systemErrorCode(error) ?? "")) throw error;
      writeWhole(path, content, mode); // A file system without hard links.
    } finally {
      unlinkSync(draft);
    }
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return false;
    throw new VcrError("FILE_UNWRITABLE", `${path} cannot be written (${systemErrorCode(error)})`, "", error);
  }
}

/** Writes a new file; one that is there already is an error, never overwritten. */
export function createNewFile(path: string, content: string | Uint8Array, mode: 0o600 | 0o644): void {
  if (createFile(path, content, mode)) return;
  throw new VcrError(
    "FILE_UNWRITABLE",
    `${path} exists already`,
    "It is never overwritten: move it away first.",
  );
}

/** The text of a file of the store; undefined where there is none. With `secret`, one that others can read is refused. */
export function readStored(path: string, secret: boolean): string | undefined {
  const found = statOf(path);
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) throw refuse(`${path} is a symbolic link`, "Put the file itself there.");
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw refuse(`${path} cannot be opened (${systemErrorCode(error)})`, "Check its rights.", error);
  }
  try {
    const { mode } = fstatSync(file);
    if (secret && hasModes && (mode & 0o077) !== 0)
      throw refuse(
        `others than its owner can read the key ${path} (mode ${(mode & 0o777).toString(8)})`,
        `If nobody else has it: chmod 600 ${quoted(path)}`,
      );
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/** Writes a certificate under the first free of `name.pem`, `name.2.pem`, `name.3.pem` ...; says which. */
export function fileCertificate(folder: string, name: string, pem: string): string {
  makeFolder(folder);
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${name}.pem` : `${name}.${n}.pem`);
    if (createFile(path, pem, 0o644)) return path;
  }
}

/** A file's name for an identity or host name, which come from strangers: nothing in it leads out of the folder. */
export function fileName(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(name)) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.replaceAll(/[^A-Za-z0-9_-]/g, "").slice(0, 64)}~${digest}`;
}
