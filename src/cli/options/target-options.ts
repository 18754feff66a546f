// The options that say what is different where a replay goes: names, tags, values, passwords, speed. Each is a key of
// target files, too; how their words are read stands here, once for both.

import { type Command, InvalidArgumentError, Option } from "commander";
import { setValueOf, withMapped } from "../../app/replay/target-values.js";
import type { SetValue } from "../../replay/plan/values/mapped-values.js";
import { noValueMap, type ValueMap } from "../../replay/plan/values/value-map.js";
import { asArgument, positiveNumber } from "../common/values.js";
import { addProductionOptions, type ProductionOptions } from "./production-options.js";

/** Where the password of one identity stands. */
export interface CredentialPlace {
  readonly identity: string;
  readonly kind: "file" | "env";
  /** The file, or the name of the environment variable. */
  readonly name: string;
}

/** What the options say. */
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

/** Reads `RECORDED=HERE`; `*=HERE` is for all others, and more of these are used one after the other. */
export function mappedValue(word: string, before: ValueMap = noValueMap): ValueMap {
  const [recorded, here] = halves(word, "RECORDED=HERE");
  return withMapped(before, recorded, [here]);
}

const jsonText = (source: string): string => {
  try {
    JSON.parse(source);
    return source;
  } catch {
    // A word without quotes is what people write; something that begins like JSON is a slip.
    if (/^\s*[[{"]/.test(source)) throw new InvalidArgumentError(`${source} is no JSON.`);
    return JSON.stringify(source);
  }
};

/** A value of an action's payload. Throws InvalidArgumentError. */
export function setValue(action: string, pointer: string, json: string): SetValue {
  return asArgument(() => setValueOf(action, pointer, json));
}

/** Reads `Action/pointer=JSON`; what is no JSON is a text. */
export function setWord(word: string, before: readonly SetValue[] = []): readonly SetValue[] {
  const [place, source] = halves(word, "ACTION/POINTER=JSON");
  const at = place.indexOf("/");
  if (at < 1) throw new InvalidArgumentError(`"${word}" is not ACTION/POINTER=JSON.`);
  return [...before, setValue(place.slice(0, at), place.slice(at), jsonText(source))];
}

/** Where the password of an identity stands, from `file:PATH` or `env:NAME`. Throws InvalidArgumentError. */
export function credentialPlace(identity: string, word: string): CredentialPlace {
  const [, kind, name] = /^(file|env):(.+)$/.exec(word) ?? [];
  if ((kind !== "file" && kind !== "env") || name === undefined)
    throw new InvalidArgumentError(
      `the password of ${identity} is not told as file:PATH or env:NAME; it never stands there itself.`,
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

/** Adds them. */
export function addTargetOptions(command: Command): Command {
  command
    .option("--target <name>", "the keys of targets/NAME.yaml, or of this file, as options")
    .addOption(
      new Option(
        "--map-identity <recorded=here>",
        "dial as HERE where RECORDED was; *=LAB-{n} deals out to all others; repeat for more",
      ).argParser(mappedValue),
    )
    .addOption(
      new Option(
        "--map-id-tag <recorded=here>",
        "the id tag that stands for a recorded one; * as above; repeat for more",
      ).argParser(mappedValue),
    )
    .addOption(
      new Option(
        "--set <action/pointer=json>",
        "a value in the charger's CALLs of that action; repeat for more",
      ).argParser(setWord),
    )
    .option("--password-file <file>", "password for HTTP Basic (or OCPP_VCR_PASSWORD)")
    .option("--password-env <name>", "the environment variable that holds that password")
    .option("--csms-basic <file>", "passwords by identity: a file of identity:password lines")
    .addOption(
      new Option(
        "--credential <identity=place>",
        "its password: file:PATH or env:NAME; repeat for more",
      ).argParser(credentialWord),
    )
    .addOption(
      new Option("--max-rate <n>", "CALLs per second of a charge point at most").argParser(positiveNumber),
    );
  return addProductionOptions(command);
}
