// A lock made of a folder, so that two set-ups of one checkout do not disturb each other. Making a folder is atomic on
// every system. The owner keeps a file in it fresh, so that others notice a killed owner: on the same machine by the
// process ids in the file (its own and its child's, which may outlive it), elsewhere by the age of the file.
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const BEAT_MS = 2_000;
const SILENT_MS = 60_000;
/** The owner is named microseconds after the folder is made; the maker of an unnamed folder this old is gone. */
const UNNAMED_MS = 10_000;

/**
 * Runs `work` while no other process holds the same folder. `onWait` is called once, with the process it waits for.
 * `work` gets a function that names a child process: the folder stays locked as long as the child lives.
 *
 * @template T
 * @param {string} folder
 * @param {(nameChild: (pid: number) => void) => Promise<T>} work
 * @param {(pid: number | undefined) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function oneAtATime(folder, work, onWait = () => {}) {
  mkdirSync(dirname(folder), { recursive: true });
  let isReported = false;
  while (!take(folder)) {
    if (!isReported) onWait(readOwner(folder)?.pids[0]);
    isReported = true;
    await pause(200);
  }
  const beat = setInterval(() => touch(folder), BEAT_MS);
  beat.unref();
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await work((child) => nameOwner(folder, child));
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function take(folder) {
  if (makeFolder(folder)) {
    nameOwner(folder);
    return true;
  }
  return isAbandoned(folder) && takeOver(folder);
}

/** Only one waiter may take over, and it checks again once it is alone: another may just have done so. */
function takeOver(folder) {
  const claim = join(folder, "takeover");
  if (!makeFolder(claim)) {
    if (ageMs(claim) > UNNAMED_MS) rmSync(claim, { recursive: true, force: true });
    return false;
  }
  const ours = isAbandoned(folder, { claimed: true });
  if (ours) nameOwner(folder);
  try {
    rmdirSync(claim);
  } catch {
    // The folder was released meanwhile, and the claim with it.
  }
  return ours;
}

function isAbandoned(folder, { claimed = false } = {}) {
  const owner = readOwner(folder);
  if (owner === undefined) return claimed || ageMs(folder) > UNNAMED_MS;
  if (owner.host === hostname() && !owner.pids.some(isAlive)) return true;
  return ageMs(join(folder, "owner")) > SILENT_MS;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function makeFolder(folder) {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error.code === "EEXIST" || error.code === "ENOENT") return false;
    throw error;
  }
}

function nameOwner(folder, ...children) {
  // Renamed into place, so that no reader sees half of it.
  const draft = join(folder, `owner-${process.pid}`);
  writeFileSync(draft, JSON.stringify({ pids: [process.pid, ...children], host: hostname() }));
  renameSync(draft, join(folder, "owner"));
}

function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "owner"), "utf8"));
  } catch {
    return undefined;
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function touch(folder) {
  try {
    const now = new Date();
    utimesSync(join(folder, "owner"), now, now);
  } catch {
    // The folder was removed by hand; the work goes on without it.
  }
}
