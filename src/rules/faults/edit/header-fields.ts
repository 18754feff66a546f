// The setting for header fields of an HTTP answer: a map from names to values. Neither may contain a line break (RFC 9110
// section 5).

import type { JsonSchema, Setting } from "../../../yaml/settings.js";
import { type IssueReporter, quote, readText, show, type Value } from "../../../yaml/value.js";

/** Header fields by name. */
export type HeaderFields = Readonly<Record<string, string>>;

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/;
const fieldText = /^[\t\x20-\x7e\x80-\xff]*$/;
const longestValue = 4096;

const schema: JsonSchema = { type: "object", additionalProperties: { type: ["string", "number"] } };

/** A setting with header fields. */
export function headersField(meaning: string): Setting<HeaderFields> {
  return { read: readHeaders, schema, takes: "a map from names to texts", meaning, fallback: { value: {} } };
}

const readHeaders = (value: Value, what: string, report: IssueReporter): HeaderFields | undefined => {
  if (value.kind !== "map") {
    report(value.where, "not-a-map", `${what} must be a map from names to texts, found ${show(value)}`);
    return undefined;
  }
  const read: Record<string, string> = {};
  let isWhole = true;
  for (const { key, where, value: said } of value.members) {
    const text = readText(said, key, report);
    if (text === undefined) isWhole = false;
    else if (!token.test(key) || !fieldText.test(text) || text.length > longestValue) {
      isWhole = false;
      report(
        where,
        "header-field",
        `${quote(key)}: ${quote(text)} is not a valid HTTP header field (RFC 9110)`,
      );
    } else read[key] = text;
  }
  return isWhole ? read : undefined;
};
