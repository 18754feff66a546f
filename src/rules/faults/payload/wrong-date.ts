// wrong-date: writes a date-time of the payload like some chargers do: without a zone, in 1970, in the next year, with an offset, or as
// given.

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

/** A way to write a date-time. */
export type DateForm = (typeof forms)[number];

/** YAML reads 1970 as a number, so the form needs no quotes. */
const formField: Setting<DateForm | undefined> = {
  read: (value: Value, what: string, report: IssueReporter) => {
    const name = value.kind === "scalar" ? String(value.value) : "";
    const form = forms.find((candidate) => candidate === name);
    if (form === undefined)
      report(value.where, "unknown-name", `${what} cannot be ${show(value)}; ${validNames(name, forms)}`);
    return form;
  },
  schema: { enum: [...forms, 1970] },
  takes: forms.join(", "),
  meaning: "the new form; a random one by default",
  fallback: { value: undefined },
};

/** Writes a date-time wrong. */
export const wrongDate: Fault = defineFault({
  name: "wrong-date",
  layer: "payload",
  risksBilling: true,
  summary:
    "Writes a date-time of the payload without a time zone, in 1970, one year later, with the offset +02:00 (same instant), or as given.",
  breaks: "the schema of the action (date-time, RFC 3339), or the time makes no sense",
  goodPeer:
    "Answers with CALLERROR, or accepts the message and uses its own clock. Books no session of 50 years.",
  example: "wrong-date: { path: /timestamp, form: no-zone }",
  settings: {
    form: formField,
    text: optional(text("the text to write, instead of a form")),
    path: optional(pointer("which date-time; a random one by default")),
  },
  short: "form",
  check: (settings, value, report) => {
    if (settings.form === undefined || settings.text === undefined) return true;
    report(value.where, "missing-key", "wrong-date needs either form or text, but not both");
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
        // A path that the rule names may contain any text.
        if (given !== undefined && path !== undefined) return replacement(node, JSON.stringify(given));
        if (!isPointInTime(node.value)) return undefined;
        const time = form === undefined ? given : written(node.value, form);
        return time === undefined ? undefined : replacement(node, JSON.stringify(time));
      },
      { done: `dated ${form ?? "as given"}`, none: "there is no time to write so" },
    );
    return { ...made, draw: made.draw ?? drawn };
  },
  explain: ({ form, text: given, path }, { words }) => {
    const how =
      given === undefined
        ? form === undefined
          ? "in a wrong form"
          : formWords[form]
        : `as ${JSON.stringify(given)}`;
    return `writes ${path?.pointer ?? "a date-time"} ${how} in ${words}`;
  },
});

const formWords: Readonly<Record<DateForm, string>> = {
  "no-zone": "without a time zone",
  "1970": "in 1970",
  "next-year": "one year later",
  offset: "with the offset +02:00",
};

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
