// Watches for changes that a CSMS makes to how its chargers connect (URL, password, certificate). Each change is reported,
// marked on the cassette and kept in the restore notes; the passwords that the proxy shows or checks change with it.

import { type ConnectivityNotice, createConnectivityWatch } from "../../analyse/watch/connectivity-watch.js";
import type { Machine } from "../../base/machine.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { BasicAuth } from "../../io/tls/tls-passwords.js";

/** The receivers of notices, and the credentials of this proxy. */
export interface ChargerWatchParts {
  /** Passwords that go to the CSMS instead of the chargers'. */
  readonly shown: BasicAuth | undefined;
  /** Passwords that chargers are checked against. */
  readonly checked: BasicAuth | undefined;
  /** Whether the proxy shows client certificates to the CSMS. */
  readonly hasOwnCertificate: boolean;
  /** Takes every notice, with its sentence. */
  readonly onNotice: (identity: string, notice: ConnectivityNotice, message: string) => void;
  /** Marks an accepted change on the cassette; `atNs` is nanoseconds since the start. */
  readonly mark: (identity: string, atNs: number, text: string) => void;
  /** Keeps an accepted change in the restore notes. */
  readonly note: (identity: string, message: string) => void;
}

/** The effect of a change on the credentials of this proxy, as a sentence; "" if there is none. */
const consequenceOf = (parts: ChargerWatchParts, identity: string, notice: ConnectivityNotice): string => {
  const { shown, checked, hasOwnCertificate } = parts;
  if (notice.password !== undefined) {
    const followers = [
      shown?.replacePassword(identity, notice.password) === true ? "--csms-basic" : "",
      checked?.replacePassword(identity, notice.password) === true ? "--basic-auth" : "",
    ].filter((name) => name !== "");
    if (followers.length === 0) return "";
    return ` Until ocpp-vcr ends, it uses the new password for ${followers.join(" and ")}; write it into the file before the next run.`;
  }
  if (notice.key === "CertificateSigned" && hasOwnCertificate)
    return " The client certificate that ocpp-vcr shows to the CSMS does NOT change: it remains the one of --csms-cert, --csms-cert-dir or --csms-mint.";
  return "";
};

/** Watches the entries of every charger. */
export class ChargerWatch {
  private readonly parts: ChargerWatchParts;
  private readonly watches = new Map<string, Machine<Entry, ConnectivityNotice>>();

  constructor(parts: ChargerWatchParts) {
    this.parts = parts;
  }

  /** Takes an entry of this charger's cassette. */
  handle(entry: Entry, identity: string): void {
    let watch = this.watches.get(identity);
    if (watch === undefined) {
      watch = createConnectivityWatch(inflate);
      this.watches.set(identity, watch);
    }
    for (const notice of watch.handle(entry)) this.report(identity, notice);
  }

  private report(identity: string, notice: ConnectivityNotice): void {
    const { parts } = this;
    if (notice.kind !== "accepted") {
      parts.onNotice(identity, notice, notice.text);
      return;
    }
    const message = `${notice.text}.${consequenceOf(parts, identity, notice)}`;
    parts.onNotice(identity, notice, message);
    parts.mark(identity, notice.atNs, `watch: ${message}`);
    parts.note(identity, message);
  }
}
