// The connections that run now, as somebody at the controls sees them: to be closed, reset, paused, or spoken into by
// hand. Every such act is noted on the connection's own cassette. Decides nothing and reads no traffic.

import type { Direction } from "../../base/direction.js";

/** What is to be said into a connection by hand. */
export interface OperatorInjection {
  readonly direction: Direction;
  readonly payload: Uint8Array;
  readonly isText: boolean;
  /** `idle`: once no CALL of that direction waits for its answer; `now`: at the next end of a message. */
  readonly when: "idle" | "now";
}

/** The controls of one running connection. */
export interface ConnectionControl {
  readonly identity: string;
  /** Number of the connection on its cassette. */
  readonly connection: number;
  readonly ordinal: number;
  /** Neither leg is read: what the peers send waits in their own buffers, and nothing is lost. */
  readonly isPaused: boolean;
  close(code: number, reason: string, by: string): void;
  reset(by: string): void;
  pause(by: string): void;
  resume(by: string): void;
  inject(injection: OperatorInjection, by: string): void;
  /** Lets go what rules hold back until a command. */
  release(by: string): void;
  /** Puts a note on the connection's cassette. */
  note(code: string, message: string): void;
}

/** A note for a cassette. */
export interface ConnectionNote {
  readonly code: string;
  readonly message: string;
}

/** All running connections of a program. */
export class ConnectionRegistry {
  private readonly controls = new Set<ConnectionControl>();
  private readonly greet: () => readonly ConnectionNote[];

  /** `greet` is what every connection is noted with at its beginning. */
  constructor(greet: () => readonly ConnectionNote[] = () => []) {
    this.greet = greet;
  }

  /** Puts a connection on the registry. */
  add(control: ConnectionControl): void {
    this.controls.add(control);
    for (const { code, message } of this.greet()) control.note(code, message);
  }

  /** Takes a connection off the registry. */
  remove(control: ConnectionControl): void {
    this.controls.delete(control);
  }

  /** The running connection of this charge point with this number on its cassette. */
  find(identity: string, connection: number): ConnectionControl | undefined {
    for (const control of this.controls)
      if (control.connection === connection && control.identity === identity) return control;
    return undefined;
  }

  /** All of them, oldest first. */
  all(): readonly ConnectionControl[] {
    return [...this.controls];
  }

  /** Puts a note on the cassette of every running connection. */
  noteAll(code: string, message: string): void {
    for (const control of this.controls) control.note(code, message);
  }
}
