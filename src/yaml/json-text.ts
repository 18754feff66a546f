// A value of a YAML file -> JSON text. Numbers keep the digits written in the file (12.50, 9223372036854775807).

import { assertNever } from "../base/assert-never.js";
import type { IssueReporter, Scalar, Value } from "./value.js";

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const scalarText = ({ value, source, where }: Scalar, report: IssueReporter): string => {
  if (typeof value !== "number") return JSON.stringify(value);
  if (jsonNumber.test(source)) return source;
  if (!Number.isFinite(value)) report(where, "value", `JSON has no number ${source}`);
  return JSON.stringify(value);
};

/** The JSON text of a value. A number that JSON cannot write (`.inf`, `.nan`) is reported and becomes `null`. */
export function jsonOfYaml(value: Value, report: IssueReporter): string {
  switch (value.kind) {
    case "scalar":
      return scalarText(value, report);
    case "list":
      return `[${value.items.map((item) => jsonOfYaml(item, report)).join(",")}]`;
    case "map": {
      const members = value.members.map(
        (member) => `${JSON.stringify(member.key)}:${jsonOfYaml(member.value, report)}`,
      );
      return `{${members.join(",")}}`;
    }
    default:
      return assertNever(value);
  }
}
