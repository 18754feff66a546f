// Where `record` listens: the doors, the ways that lead to them, and what is said of both.

import { programName } from "../../app/program-name.js";
import { writeRestoreNotes } from "../../app/record/restore-charger.js";
import { errorText } from "../../base/errors.js";
import { type RunningProxy, startProxy } from "../../io/proxy/proxy.js";
import type { ProxyContext } from "../../io/proxy/upgrade-context.js";
import type { Door } from "../../io/sockets/addresses.js";
import { billingRiskOf } from "../../rules/language/billing-risk.js";
import { explainRule } from "../../rules/language/explain.js";
import { jsonLine, printable } from "../../text/printable.js";
import { type ListenPlace, usualPlaces } from "./record-options.js";
import { basePathOf, type Run, seedOf } from "./record-run.js";
import { askedUrl, type Readiness, wayLines, waysFor } from "./record-words.js";

/** A place where chargers come in. */
export interface OpenDoor extends Door {
  readonly proxy: RunningProxy;
}

const modes = { ws: "off", wss: "on" } as const;

/** Listens in one place; says so on stdout at once, before anything else can be said of it. */
const openDoor = async (run: Run, context: ProxyContext, place: ListenPlace): Promise<OpenDoor> => {
  const tls = place.scheme === undefined ? run.tls.charger.mode : modes[place.scheme];
  const proxy = await startProxy(
    { ...context, tls: { ...run.tls.charger, mode: tls } },
    place.host,
    place.port,
  );
  return { proxy, host: place.host, port: proxy.port, tls };
};

/** Listens in every place that was asked for, or in none. */
export async function openDoors(run: Run, context: ProxyContext): Promise<readonly OpenDoor[]> {
  const doors: OpenDoor[] = [];
  try {
    for (const place of run.options.listen ?? usualPlaces) {
      const door = await openDoor(run, context, place);
      doors.push(door);
      if (run.options.json === true)
        run.session.out(jsonLine({ event: "listening", url: door.proxy.url, ...waysOf(run, door) }));
    }
  } catch (error) {
    await Promise.all(doors.map(({ proxy }) => proxy.close()));
    throw error;
  }
  return doors;
}

const readinessOf = ({ options, csms, tls }: Run, doors: readonly Door[]): Readiness => ({
  doors,
  certificateFor: (address) => tls.charger.credentials(undefined, address)[0]?.cert,
  origin: tls.csms.origin,
  basePath: basePathOf(csms),
  path: options.path,
  identityFrom: options.identityFrom,
});

/** The ways into a listener, for programs. */
const waysOf = (run: Run, door: Door): { readonly ways: readonly object[]; readonly asks: string } => {
  const readiness = readinessOf(run, [door]);
  const ways = waysFor(door, readiness).map(({ url, on, within, named }) => ({
    url,
    interface: on ?? null,
    within,
    named: named ?? null,
  }));
  return { ways, asks: askedUrl(readiness) };
};

/** Tells a person where it listens, and what is armed. */
export function announce(run: Run, doors: readonly OpenDoor[]): void {
  const { options, say, csms, ruleSet } = run;
  const target = options.csms === "embedded" ? `the embedded CSMS (${csms.href})` : shownUrl(csms);
  say(
    `Listening on ${doors.map(({ proxy }) => proxy.url).join(", ")}, forwarding to ${target}; cassettes go to ${options.out}/`,
  );
  for (const line of wayLines(readinessOf(run, doors))) say(line);
  for (const warning of run.tls.warnings) say(warning);
  if (run.restoreNotes !== undefined)
    say(`What to type back into the charger afterwards stands in ${run.restoreNotes}`);
  if (ruleSet === undefined) return;
  const state = options.disarmed === true ? "read, none armed" : "armed";
  const count = `${ruleSet.rules.length} rule${ruleSet.rules.length === 1 ? "" : "s"}`;
  const span = options.rulesTtl === undefined ? "" : ` for ${options.rulesTtl / 1000} s`;
  say(`${count} ${state}${span}, seed ${seedOf(options, ruleSet)}:`);
  for (const rule of ruleSet.rules) {
    say(`  ${rule.id}: ${printable(explainRule(rule), 400)}`);
    const risk = billingRiskOf(rule);
    if (risk !== undefined) say(`  ${rule.id}: warning: ${risk.message}`);
  }
}

const shownUrl = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${pathname}`;

/** Writes the way back; a folder that takes no file costs the way back, not the recording. */
export function keepRestoreNotes(run: Run, doors: readonly OpenDoor[]): string | undefined {
  const { options, session, clock, csms } = run;
  if (options.csms === "embedded") return undefined;
  const readiness = readinessOf(run, doors);
  try {
    return writeRestoreNotes(options.out, {
      at: clock.wall(),
      tool: programName(),
      commandLine: process.argv.slice(2),
      csms: shownUrl(csms),
      urls: doors.flatMap((door) => waysFor(door, readiness).map(({ url }) => `${url}/`)),
    });
  } catch (error) {
    session.err(`ocpp-vcr: ${errorText(error)}; it goes on without`);
    return undefined;
  }
}
