// The file operations on the folder of a certificate store. Folders have mode 0700 and keys 0600 from the start; nothing
// is overwritten; symbolic links, and keys that other users can read, are refused with the command that fixes it. Windows
// has no such modes; there the access rights of the folder protect the keys.

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

/** A path quoted for a shell, for the commands in hints. */
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
      `${path} cannot be read (${systemErrorCode(error)})`,
      "Check the access rights of the folder.",
      error,
    );
  }
};

/** Throws VcrError unless this is a real folder that only its owner can enter. */
function checkFolder(path: string, found: Stats): void {
  if (found.isSymbolicLink()) throw refuse(`${path} is a symbolic link`, "Name the folder itself.");
  if (!found.isDirectory()) throw refuse(`${path} is not a folder`, "Name another with --certs.");
  if (hasModes && (found.mode & 0o077) !== 0)
    throw refuse(
      `other users can enter ${path} (mode ${(found.mode & 0o777).toString(8)})`,
      `Run: chmod 700 ${quoted(path)}`,
    );
}

/** Makes the folder with mode 0700 if it is missing; an existing one must be as safe. Throws VcrError. */
export function makeFolder(path: string): void {
  if (statOf(path) === undefined)
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      // A umask may have removed bits of the mode.
      if (hasModes) chmodSync(path, 0o700);
    } catch (error) {
      throw new VcrError(
        "FILE_UNWRITABLE",
        `${path} cannot be made (${systemErrorCode(error)})`,
        "Use another folder.",
        error,
      );
    }
  const found = statOf(path);
  if (found !== undefined) checkFolder(path, found);
}

/** Whether there is no store: no folder, or one with nothing but a README.md, like `certs/` of the sources. */
export function holdsNoStore(path: string): boolean {
  const found = statOf(path);
  if (found === undefined) return true;
  return found.isDirectory() && listFolder(path).every((name) => name === "README.md");
}

/** Makes the folder of a new store. An existing folder without a store is used, and closed to other users. */
export function claimFolder(path: string): void {
  if (statOf(path) !== undefined && holdsNoStore(path) && hasModes) chmodSync(path, 0o700);
  makeFolder(path);
}

/** Throws VcrError unless the folder exists and is safe to hold keys. */
export function requireFolder(path: string): void {
  const found = statOf(path);
  if (found === undefined)
    throw refuse(`there is no certificate store at ${path}`, "Run: ocpp-vcr certs init");
  checkFolder(path, found);
}

/** The names in a folder, sorted; none if there is no such folder. */
export function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw refuse(`${path} cannot be read (${systemErrorCode(error)})`, "Check its access rights.", error);
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

/** Writes a new file, completely or not at all. Gives false, and changes nothing, if the file exists already. Throws VcrError. */
export function createFile(path: string, content: string | Uint8Array, mode: 0o600 | 0o644): boolean {
  // The file gets its name when its content is complete, so that another process never reads half a key.
  const draft = `${path}.${randomBytes(4).toString("hex")}.new`;
  try {
    writeWhole(draft, content, mode);
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(systemErrorCode(error) ?? "")) throw error;
      writeWhole(path, content, mode); // The file system has no hard links.
    } finally {
      unlinkSync(draft);
    }
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return false;
    throw new VcrError("FILE_UNWRITABLE", `${path} cannot be written (${systemErrorCode(error)})`, "", error);
  }
}

/** Writes a new file. Throws VcrError if it exists already. */
export function createNewFile(path: string, content: string | Uint8Array, mode: 0o600 | 0o644): void {
  if (createFile(path, content, mode)) return;
  throw new VcrError(
    "FILE_UNWRITABLE",
    `${path} exists already`,
    "Files of a store are never overwritten: move it away first.",
  );
}

/** The text of a file of the store; undefined if there is none. Throws VcrError for a link, and for a secret that other users can read. */
export function readStored(path: string, secret: boolean): string | undefined {
  const found = statOf(path);
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) throw refuse(`${path} is a symbolic link`, "Replace it by the file itself.");
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw refuse(`${path} cannot be opened (${systemErrorCode(error)})`, "Check its access rights.", error);
  }
  try {
    const { mode } = fstatSync(file);
    if (secret && hasModes && (mode & 0o077) !== 0)
      throw refuse(
        `other users can read the key ${path} (mode ${(mode & 0o777).toString(8)})`,
        `If nobody has copied it, run: chmod 600 ${quoted(path)}`,
      );
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/** Writes a certificate to the first free one of `name.pem`, `name.2.pem`, `name.3.pem` ... Gives the path. */
export function fileCertificate(folder: string, name: string, pem: string): string {
  makeFolder(folder);
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${name}.pem` : `${name}.${n}.pem`);
    if (createFile(path, pem, 0o644)) return path;
  }
}

/** A file name for an identity or host name. Peers choose these, so every character that could lead out of the folder is removed. */
export function fileName(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(name)) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.replaceAll(/[^A-Za-z0-9_-]/g, "").slice(0, 64)}~${digest}`;
}
