// The options of a replay's target: identities, id tags, values, passwords, speed. Each is also a key of target files; the
// readers of their values serve both.

import { type Command, InvalidArgumentError, Option } from "commander";
import { setValueOf, withMapped } from "../../app/replay/target-values.js";
import type { SetValue } from "../../replay/plan/values/mapped-values.js";
import { noValueMap, type ValueMap } from "../../replay/plan/values/value-map.js";
import { asArgument, positiveNumber } from "../common/values.js";
import { addProductionOptions, type ProductionOptions } from "./production-options.js";

/** Where the password of one identity is read from. */
export interface CredentialPlace {
  readonly identity: string;
  readonly kind: "file" | "env";
  /** The file, or the name of the environment variable. */
  readonly name: string;
}

/** The values of the options. */
export interface TargetOptions extends ProductionOptions {
  readonly target?: string;
  readonly mapIdentity?: ValueMap;
  readonly mapIdTag?: ValueMap;
  readonly set?: readonly SetValue[];
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
  readonly csmsBasic?: string;
  readonly credential?: readonly CredentialPlace[];
  readonly maxRate?: number;
}

const halves = (word: string, form: string): readonly [string, string] => {
  const at = word.indexOf("=");
  if (at < 1 || at === word.length - 1) throw new InvalidArgumentError(`"${word}" is not ${form}.`);
  return [word.slice(0, at), word.slice(at + 1)];
};

/** Reads `RECORDED=HERE`; `*=HERE` is for all others, and several of these are used one after the other. */
export function mappedValue(word: string, before: ValueMap = noValueMap): ValueMap {
  const [recorded, here] = halves(word, "RECORDED=HERE");
  return withMapped(before, recorded, [here]);
}

const jsonText = (source: string): string => {
  try {
    JSON.parse(source);
    return source;
  } catch {
    // A text may be written without quotes; a value that begins like JSON is a mistake.
    if (/^\s*[[{"]/.test(source)) throw new InvalidArgumentError(`${source} is not valid JSON.`);
    return JSON.stringify(source);
  }
};

/** A value of an action's payload. Throws InvalidArgumentError. */
export function setValue(action: string, pointer: string, json: string): SetValue {
  return asArgument(() => setValueOf(action, pointer, json));
}

/** Reads `Action/pointer=JSON`; a value that is not JSON is a text. */
export function setWord(word: string, before: readonly SetValue[] = []): readonly SetValue[] {
  const [place, source] = halves(word, "ACTION/POINTER=JSON");
  const at = place.indexOf("/");
  if (at < 1) throw new InvalidArgumentError(`"${word}" is not ACTION/POINTER=JSON.`);
  return [...before, setValue(place.slice(0, at), place.slice(at), jsonText(source))];
}

/** Reads `file:PATH` or `env:NAME`. Throws InvalidArgumentError. */
export function credentialPlace(identity: string, word: string): CredentialPlace {
  const [, kind, name] = /^(file|env):(.+)$/.exec(word) ?? [];
  if ((kind !== "file" && kind !== "env") || name === undefined)
    throw new InvalidArgumentError(
      `the password of ${identity} must be given as file:PATH or env:NAME, never as plain text.`,
    );
  return { identity, kind, name };
}

const credentialWord = (
  word: string,
  before: readonly CredentialPlace[] = [],
): readonly CredentialPlace[] => {
  const at = word.search(/=(?:file|env):/);
  if (at < 1) throw new InvalidArgumentError("write IDENTITY=file:PATH or IDENTITY=env:NAME.");
  return [...before, credentialPlace(word.slice(0, at), word.slice(at + 1))];
};

/** Adds the options to a command. */
export function addTargetOptions(command: Command): Command {
  command
    .option("--target <name>", "read the options of targets/NAME.yaml, or of this file")
    .addOption(
      new Option(
        "--map-identity <recorded=here>",
        "dial as HERE instead of RECORDED; *=LAB-{n} numbers all others; repeat for more",
      ).argParser(mappedValue),
    )
    .addOption(
      new Option(
        "--map-id-tag <recorded=here>",
        "send this id tag instead of a recorded one; * as for --map-identity; repeat for more",
      ).argParser(mappedValue),
    )
    .addOption(
      new Option(
        "--set <action/pointer=json>",
        "set this value in the charger's CALLs of the action; repeat for more",
      ).argParser(setWord),
    )
    .option("--password-file <file>", "file of the HTTP Basic password (or set OCPP_VCR_PASSWORD)")
    .option("--password-env <name>", "environment variable of the HTTP Basic password")
    .option("--csms-basic <file>", "passwords by identity: a file of identity:password lines")
    .addOption(
      new Option(
        "--credential <identity=place>",
        "password of one identity: file:PATH or env:NAME; repeat for more",
      ).argParser(credentialWord),
    )
    .addOption(
      new Option("--max-rate <n>", "most CALLs per second that a charge point sends").argParser(
        positiveNumber,
      ),
    );
  return addProductionOptions(command);
}
