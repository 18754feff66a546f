// The shape of all code that decides. A machine gets bytes, time and chance only as arguments; a shell in io/ gives it
// events and executes its commands in order.

/** Decides which commands follow from an event. Its state is private. */
export interface Machine<Event, Command> {
  /** Takes one event and returns the commands that follow from it, in the order of execution. */
  handle(event: Event): readonly Command[];
}
