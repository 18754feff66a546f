// The 1.6 configuration keys of a passive station (OCPP 1.6 sections 5.3 and 5.8): as the recording has them, and as they
// were changed in the run.

import { listAt, textAt, valueAt } from "../../../ocpp/payload.js";

interface Entry {
  readonly readonly: boolean;
  readonly value: string | undefined;
}

/** Keys and values of a 1.6 station. */
export class Configuration {
  private readonly known = new Map<string, Entry>();

  /** Learns from a recorded GetConfiguration.conf. */
  learn(result: unknown): void {
    for (const row of listAt(result, "configurationKey")) {
      const key = textAt(row, "key");
      if (key !== undefined)
        this.known.set(key, { readonly: valueAt(row, "readonly") === true, value: textAt(row, "value") });
    }
  }

  /** Notes a change that was accepted. */
  accepted(call: unknown): void {
    const key = textAt(call, "key");
    if (key !== undefined) this.known.set(key, { readonly: false, value: textAt(call, "value") });
  }

  /** The payload of a GetConfiguration.conf. */
  read(call: unknown): unknown {
    const wanted = listAt(call, "key").filter((key) => typeof key === "string");
    const keys = wanted.length > 0 ? wanted : [...this.known.keys()];
    const configurationKey = keys.flatMap((key) => {
      const entry = this.known.get(key);
      if (entry === undefined) return [];
      return [
        { key, readonly: entry.readonly, ...(entry.value === undefined ? {} : { value: entry.value }) },
      ];
    });
    const unknownKey = keys.filter((key) => !this.known.has(key));
    return unknownKey.length === 0 ? { configurationKey } : { configurationKey, unknownKey };
  }

  /** The payload of a ChangeConfiguration.conf. */
  change(call: unknown): unknown {
    const key = textAt(call, "key");
    const entry = key === undefined ? undefined : this.known.get(key);
    if (entry === undefined) return { status: "NotSupported" };
    if (entry.readonly) return { status: "Rejected" };
    this.accepted(call);
    return { status: "Accepted" };
  }
}
