// The open connections of a run, and the commands that an operator can give them: close, reset, pause, inject a message. Each
// command is noted on the connection's cassette.

import type { Direction } from "../../base/direction.js";

/** A message that an operator sends on a connection. */
export interface OperatorInjection {
  readonly direction: Direction;
  readonly payload: Uint8Array;
  readonly isText: boolean;
  /** `idle`: once no CALL of that direction is open; `now`: at the next end of a message. */
  readonly when: "idle" | "now";
}

/** The operator commands of one open connection. `by` says who gives the command. */
export interface ConnectionControl {
  readonly identity: string;
  /** Number of the connection on its cassette. */
  readonly connection: number;
  readonly ordinal: number;
  /** Whether neither leg is read. The peers' data waits in their own buffers, and nothing is lost. */
  readonly isPaused: boolean;
  close(code: number, reason: string, by: string): void;
  reset(by: string): void;
  pause(by: string): void;
  resume(by: string): void;
  inject(injection: OperatorInjection, by: string): void;
  /** Releases the messages that rules hold until a command. */
  release(by: string): void;
  /** Writes a note to the connection's cassette. */
  note(code: string, message: string): void;
}

/** A note for a cassette. */
export interface ConnectionNote {
  readonly code: string;
  readonly message: string;
}

/** All open connections of a run. */
export class ConnectionRegistry {
  private readonly controls = new Set<ConnectionControl>();
  private readonly openingNotes: () => readonly ConnectionNote[];

  /** `openingNotes` is what every connection is noted with at its beginning. */
  constructor(openingNotes: () => readonly ConnectionNote[] = () => []) {
    this.openingNotes = openingNotes;
  }

  /** Adds a connection. */
  add(control: ConnectionControl): void {
    this.controls.add(control);
    for (const { code, message } of this.openingNotes()) control.note(code, message);
  }

  /** Removes a connection. */
  remove(control: ConnectionControl): void {
    this.controls.delete(control);
  }

  /** The open connection of a charge point, by its number on the cassette. */
  find(identity: string, connection: number): ConnectionControl | undefined {
    for (const control of this.controls)
      if (control.connection === connection && control.identity === identity) return control;
    return undefined;
  }

  /** All connections, oldest first. */
  all(): readonly ConnectionControl[] {
    return [...this.controls];
  }

  /** Writes a note to the cassette of every open connection. */
  noteAll(code: string, message: string): void {
    for (const control of this.controls) control.note(code, message);
  }
}
