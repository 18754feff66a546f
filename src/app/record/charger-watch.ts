// What is done with what the watch sees: a bold line, a marker on the cassette, a line on the way back, and passwords that
// the proxy replaces or checks follow.

import { type ConnectivityNotice, createConnectivityWatch } from "../../analyse/watch/connectivity-watch.js";
import type { Machine } from "../../base/machine.js";
import type { Entry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { BasicAuth } from "../../io/tls/tls-passwords.js";
import { printable } from "../../text/printable.js";

/** Where sightings go, and which credentials are this proxy's. */
export interface WatchPlaces {
  /** Passwords shown to the CSMS instead of the charger's. */
  readonly shown: BasicAuth | undefined;
  /** Passwords that chargers are checked against. */
  readonly checked: BasicAuth | undefined;
  /** Whether the proxy shows certificates of its own to the CSMS. */
  readonly ownCertificate: boolean;
  readonly say: (line: string) => void;
  readonly sayBold: (line: string) => void;
  readonly mark: (identity: string, at: number, text: string) => void;
  /** Puts a taken change on the way back. */
  readonly note: (line: string) => void;
}

/** What becomes of this proxy's own credentials; "" where they have no part in it. */
const following = (places: WatchPlaces, identity: string, sighting: ConnectivityNotice): string => {
  const { shown, checked, ownCertificate } = places;
  if (sighting.password !== undefined) {
    const followers = [
      shown?.follow(identity, sighting.password) === true ? "--csms-basic" : "",
      checked?.follow(identity, sighting.password) === true ? "--basic-auth" : "",
    ].filter((name) => name !== "");
    if (followers.length === 0) return "";
    return ` The password of ${followers.join(" and ")} follows until ocpp-vcr ends; write it into the file before the next run.`;
  }
  if (sighting.key === "CertificateSigned" && ownCertificate)
    return " The client certificate that ocpp-vcr shows to the CSMS does NOT follow: it stays the one of --csms-cert, --csms-cert-dir or --csms-mint.";
  return "";
};

/** A sink of entries that watches every charger. */
export class RecordWatch {
  private readonly places: WatchPlaces;
  private readonly watches = new Map<string, Machine<Entry, ConnectivityNotice>>();

  constructor(places: WatchPlaces) {
    this.places = places;
  }

  hear(entry: Entry, identity: string): void {
    let watch = this.watches.get(identity);
    if (watch === undefined) {
      watch = createConnectivityWatch(inflate);
      this.watches.set(identity, watch);
    }
    for (const sighting of watch.handle(entry)) this.tell(identity, sighting);
  }

  private tell(identity: string, sighting: ConnectivityNotice): void {
    const { places } = this;
    const who = printable(identity, 60);
    if (sighting.kind !== "accepted") {
      places.say(`${who}: ${sighting.text}`);
      return;
    }
    const text = `${sighting.text}.${following(places, identity, sighting)}`;
    places.sayBold(`${who}: ${text}`);
    places.mark(identity, sighting.atNs, `watch: ${text}`);
    places.note(`${who}: ${text}`);
  }
}
