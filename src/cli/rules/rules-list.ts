// The catalogue of faults as text and as JSON.

import type { ChalkInstance } from "chalk";
import { VcrError } from "../../base/errors.js";
import { type FaultFacts, type Layer, layers } from "../../rules/contract/fault.js";
import { faults, findFault } from "../../rules/faults/registry.js";
import { nearest } from "../../text/nearest.js";

/** All faults, or the one with this name. Throws VcrError USAGE for an unknown name. */
export function faultList(name: string | undefined): readonly FaultFacts[] {
  if (name === undefined) return faults;
  const found = findFault(name);
  if (found !== undefined) return [found];
  const near = nearest(
    name,
    faults.map((fault) => fault.name),
  );
  throw new VcrError(
    "USAGE",
    `there is no fault "${name}"`,
    near === undefined ? "ocpp-vcr rules list shows all of them." : `Did you mean ${near}?`,
  );
}

/** A fault as JSON. */
export function faultRecord(fault: FaultFacts): object {
  const { name, layer, points, onlyDirection, final, summary, breaks = null, goodPeer, example } = fault;
  const settings = fault.settings.map(({ key, takes, meaning, fallback }) => ({
    name: key,
    takes,
    meaning,
    required: fallback === undefined,
    default: fallback?.value ?? null,
  }));
  const facts = { event: "fault", name, layer, points, only: onlyDirection ?? null, final, summary };
  return { ...facts, settings, breaks, goodPeer, example, loses: fault.risksBilling };
}

const layerNames: Readonly<Record<Layer, string>> = {
  transport: "Transport",
  tls: "TLS",
  frame: "WebSocket frames",
  message: "OCPP messages",
  payload: "Payloads",
};

/** Faults as text: one line each, or `inFull`. */
export function faultLines(
  paint: ChalkInstance,
  list: readonly FaultFacts[],
  inFull: boolean,
): readonly string[] {
  if (inFull) return list.flatMap((fault) => detailLines(paint, fault));
  return layers.flatMap((layer) => {
    const own = list.filter((fault) => fault.layer === layer);
    if (own.length === 0) return [];
    const width = Math.max(...own.map(({ name }) => name.length));
    const lines = own.map(({ name, summary }) => `  ${name.padEnd(width)}  ${firstSentence(summary)}`);
    return [paint.bold(layerNames[layer]), ...lines, ""];
  });
}

const firstSentence = (text: string): string => /^[\s\S]*?[.](?=\s|$)/.exec(text)?.[0] ?? text;

const detailLines = (paint: ChalkInstance, fault: FaultFacts): readonly string[] => {
  const settings = fault.settings.map(({ key, takes, meaning, fallback }) => {
    const need = fallback === undefined ? "required" : `default: ${defaultWords(fallback.value)}`;
    return `  ${key}: ${meaning} (${takes}; ${need})`;
  });
  const only = fault.onlyDirection === undefined ? "" : `, only ${fault.onlyDirection}`;
  return [
    `${paint.bold(fault.name)} (${layerNames[fault.layer]}; acts on ${fault.points.join(", ")}${only}${fault.final ? "; final" : ""})`,
    fault.summary,
    ...(fault.breaks === undefined ? [] : [`Breaks ${fault.breaks}.`]),
    `A good peer: ${fault.goodPeer}`,
    ...(fault.risksBilling ? ["Warning: it can destroy billing data (OCPP 1.6 section 3.7.1)."] : []),
    ...(settings.length === 0 ? ["It has no settings."] : ["Settings:", ...settings]),
    `Example: then: [ { ${fault.example} } ]`,
  ];
};

/** A default value as text. */
function defaultWords(value: unknown): string {
  return value === undefined || value === "" ? "none" : JSON.stringify(value);
}
