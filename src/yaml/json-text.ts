// A value of a YAML file as a JSON text: numbers keep their digits as they were written (12.50, 9223372036854775807).

import { InvalidArgumentError } from "commander";
import { assertNever } from "../base/assert-never.js";
import type { Scalar, Value } from "./value.js";

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const scalarText = ({ value, source }: Scalar): string => {
  if (typeof value !== "number") return JSON.stringify(value);
  if (jsonNumber.test(source)) return source;
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`${source} is no number of JSON.`);
  return JSON.stringify(value);
};

/** The JSON text of a value. Throws InvalidArgumentError for numbers that JSON has not. */
export function jsonOfYaml(value: Value): string {
  switch (value.kind) {
    case "scalar":
      return scalarText(value);
    case "list":
      return `[${value.items.map(jsonOfYaml).join(",")}]`;
    case "map": {
      const members = value.members.map(
        (member) => `${JSON.stringify(member.key)}:${jsonOfYaml(member.value)}`,
      );
      return `{${members.join(",")}}`;
    }
    default:
      return assertNever(value);
  }
}
