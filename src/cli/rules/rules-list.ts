// The catalogue of faults as lines and as JSON.

import type { ChalkInstance } from "chalk";
import { VcrError } from "../../base/errors.js";
import { type FaultFacts, type Layer, layers } from "../../rules/contract/fault.js";
import { type FaultName, faultNames, faultOf } from "../../rules/faults/registry.js";
import { nearest } from "../../text/nearest.js";
import { type SettingFacts, settingFacts } from "../../yaml/settings.js";

/** A fault by its name. */
export interface NamedFault {
  readonly name: FaultName;
  readonly fault: FaultFacts & { readonly settings: readonly SettingFacts[] };
}

/** All faults, or the one of this name; one that there is not is a mistake of the command line. */
export function faultList(name: string | undefined): readonly NamedFault[] {
  const named = (one: FaultName): NamedFault => {
    const fault = faultOf(one);
    return { name: one, fault: { ...fault, settings: settingFacts<object>(fault.fields) } };
  };
  if (name === undefined) return faultNames.map(named);
  const found = faultNames.find((one) => one === name);
  if (found !== undefined) return [named(found)];
  const near = nearest(name, faultNames);
  throw new VcrError(
    "USAGE",
    `there is no fault "${name}"`,
    near === undefined ? "ocpp-vcr rules list names all of them." : `Did you mean ${near}?`,
  );
}

/** A fault for programs. */
export function faultRecord({ name, fault }: NamedFault): object {
  const { layer, points, only = null, final, summary, breaks = null, goodPeer, example, loses } = fault;
  const settings = fault.settings.map(({ key, takes, meaning, fallback }) => ({
    name: key,
    takes,
    meaning,
    required: fallback === undefined,
    default: fallback?.value ?? null,
  }));
  const facts = { event: "fault", name, layer, points, only, final, summary };
  return { ...facts, settings, breaks, goodPeer, example, loses };
}

const layerNames: Readonly<Record<Layer, string>> = {
  transport: "Transport",
  tls: "TLS",
  frame: "WebSocket frames",
  message: "OCPP messages",
  payload: "Payloads",
};

/** Faults as a person reads them. */
export function faultLines(
  paint: ChalkInstance,
  faults: readonly NamedFault[],
  inFull: boolean,
): readonly string[] {
  if (inFull) return faults.flatMap((fault) => detailLines(paint, fault));
  return layers.flatMap((layer) => {
    const own = faults.filter(({ fault }) => fault.layer === layer);
    if (own.length === 0) return [];
    const width = Math.max(...own.map(({ name }) => name.length));
    const lines = own.map(({ name, fault }) => `  ${name.padEnd(width)}  ${firstSentence(fault.summary)}`);
    return [paint.bold(layerNames[layer]), ...lines, ""];
  });
}

const firstSentence = (text: string): string => /^[\s\S]*?[.](?=\s|$)/.exec(text)?.[0] ?? text;

const detailLines = (paint: ChalkInstance, { name, fault }: NamedFault): readonly string[] => {
  const settings = fault.settings.map(({ key, takes, meaning, fallback }) => {
    const standing = fallback === undefined ? "must be said" : `default ${defaultWords(fallback.value)}`;
    return `  ${key}: ${takes} (${standing}): ${meaning}`;
  });
  return [
    `${paint.bold(name)} (${layerNames[fault.layer]}; acts on ${fault.points.join(", ")}${fault.only === undefined ? "" : `, ${fault.only} alone`}${fault.final ? "; final" : ""})`,
    fault.summary,
    ...(fault.breaks === undefined ? [] : [`Breaks ${fault.breaks}.`]),
    `A good peer: ${fault.goodPeer}`,
    ...(fault.loses ? ["It can make a transaction message fail for good (OCPP 1.6 section 3.7.1)."] : []),
    ...(settings.length === 0 ? ["Nothing can be set."] : ["Settings:", ...settings]),
    `Example: then: [ { ${fault.example} } ]`,
  ];
};

/** What a setting is when it is left out. */
export function defaultWords(value: unknown): string {
  return value === undefined || value === "" ? "none" : JSON.stringify(value);
}
