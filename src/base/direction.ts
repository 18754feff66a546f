// The two directions of a dialogue, and the two peers.

/** The direction of a frame. */
export type Direction = "cp-to-csms" | "csms-to-cp";

/** The two peers of a dialogue. */
export type Side = "charger" | "csms";

const aliases: Readonly<Record<string, Direction>> = {
  "cp-to-csms": "cp-to-csms",
  "cp>csms": "cp-to-csms",
  "cp->csms": "cp-to-csms",
  "cs-to-csms": "cp-to-csms",
  "csms-to-cp": "csms-to-cp",
  "csms>cp": "csms-to-cp",
  "csms->cp": "csms-to-cp",
  "csms-to-cs": "csms-to-cp",
};

/** Reads a direction or one of its aliases; undefined for anything else. */
export function readDirection(word: string): Direction | undefined {
  return Object.hasOwn(aliases, word) ? aliases[word] : undefined;
}

/** The other direction. */
export function opposite(direction: Direction): Direction {
  return direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms";
}

/** The peer that sends in this direction. */
export function senderOf(direction: Direction): Side {
  return direction === "cp-to-csms" ? "charger" : "csms";
}

/** The direction in which this peer sends. */
export function directionFrom(side: Side): Direction {
  return side === "charger" ? "cp-to-csms" : "csms-to-cp";
}
