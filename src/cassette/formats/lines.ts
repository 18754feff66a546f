// The format `lines`.

import { VcrError } from "../../base/errors.js";
import { type FileFormat, linesOf } from "./format.js";
import { importLines } from "./lines/lines.js";

/** Logs of other programs. */
export const linesFormat: FileFormat = {
  name: "lines",
  about: "logs of other programs, by a pattern: lines, CSV, JSON lines",
  endings: [".log", ".txt", ".csv", ".jsonl"],
  reader: {
    takesSeveral: true,
    options: ["pattern", "identity"],
    needs: "pattern",
    hint: "Is --pattern right? --list-patterns shows what each expects.",
    read: (files, { pattern, identity }, context) => {
      if (pattern === undefined) throw new VcrError("USAGE", "logs are read by a pattern");
      const logs = files.map(({ name, bytes }) => ({ name, lines: linesOf(bytes) }));
      return importLines(logs, pattern, { ...context, identity });
    },
  },
};
