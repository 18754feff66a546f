// wrong-date: a point in time of the payload is written as some chargers write it: without a zone, of 1970, of next
// year, with an offset, or as given.

import { replacement } from "../../../ocpp/json/edits.js";
import { timeFormOf } from "../../../ocpp/time-form.js";
import { isPointInTime, shiftedTime } from "../../../ocpp/time-shift.js";
import { optional, type Setting, text } from "../../../yaml/settings.js";
import { type IssueReporter, show, type Value, validNames } from "../../../yaml/value.js";
import { pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { pick } from "../edit/edit-payload.js";
import { changeValues } from "../edit/payload-place.js";

const forms = ["no-zone", "1970", "next-year", "offset"] as const;

/** A way to write a time. */
export type DateForm = (typeof forms)[number];

/** A number means the same as its characters: nobody quotes 1970. */
const formField: Setting<DateForm | undefined> = {
  read: (value: Value, what: string, report: IssueReporter) => {
    const said = value.kind === "scalar" ? String(value.value) : "";
    const form = forms.find((candidate) => candidate === said);
    if (form === undefined)
      report(value.where, "unknown-name", `${what} cannot be ${show(value)}; ${validNames(said, forms)}`);
    return form;
  },
  schema: { enum: [...forms, 1970] },
  takes: forms.join(", "),
  meaning: "how it is written; left out, it is drawn",
  fallback: { value: undefined },
};

/** Writes a time wrong. */
export const wrongDate: Fault = defineFault({
  name: "wrong-date",
  layer: "payload",
  risksBilling: true,
  summary:
    "A point in time of the payload is written without a zone, as 1970, as next year, with an offset of +02:00 (the same instant), or as given.",
  breaks: "the schema of the action (date-time, RFC 3339) or the common sense of it",
  goodPeer:
    "Answers with CALLERROR, or takes the message and its own clock; it books no session of 50 years.",
  example: "wrong-date: { path: /timestamp, form: no-zone }",
  settings: {
    form: formField,
    text: optional(text("the text to put there, in place of a form")),
    path: optional(pointer("which time; left out, one is drawn")),
  },
  short: "form",
  check: (settings, value, report) => {
    if (settings.form === undefined || settings.text === undefined) return true;
    report(value.where, "missing-key", "wrong-date must say either form or text, and not both");
    return false;
  },
  apply: (settings, input) => {
    const { path, text: given } = settings;
    const isDrawn = settings.form === undefined && given === undefined;
    const drawn = isDrawn ? input.draw("form") : null;
    const form = isDrawn ? (pick(forms, drawn ?? 0) ?? "no-zone") : settings.form;
    const made = changeValues(
      path,
      input,
      ({ node }) => {
        if (typeof node.value !== "string") return undefined;
        // A place that was named may hold any text.
        if (given !== undefined && path !== undefined) return replacement(node, JSON.stringify(given));
        if (!isPointInTime(node.value)) return undefined;
        const time = form === undefined ? given : written(node.value, form);
        return time === undefined ? undefined : replacement(node, JSON.stringify(time));
      },
      { done: `dated ${form ?? "as given"}`, none: "there is no time to write so" },
    );
    return { ...made, draw: made.draw ?? drawn };
  },
  explain: ({ form, text: given, path }) =>
    `sent with ${path?.pointer ?? "a time"} written ${given === undefined ? (form ?? "wrong") : JSON.stringify(given)}`,
});

const yearMs = 365 * 24 * 60 * 60 * 1000;
const zone = /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/;
const twoHours = 2 * 60 * 60 * 1000;

const written = (time: string, form: DateForm): string | undefined => {
  switch (form) {
    case "no-zone":
      return zone.test(time.slice(10)) ? time.replace(zone, "") : undefined;
    case "1970":
      return "1970-01-01T00:00:00Z";
    case "next-year":
      return shiftedTime(time, yearMs);
    case "offset":
      return timeFormOf(time) === "utc" ? shiftedTime(time, twoHours)?.replace(zone, "+02:00") : undefined;
  }
};
