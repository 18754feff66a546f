// The one shape of everything that decides. A machine sees bytes, time and chance only as arguments;
// a shell in io/ feeds it events and executes its commands in order.

/** Decides what follows from an event; keeps its state to itself. */
export interface Machine<Event, Command> {
  /** Takes one event and returns the commands that follow from it, in the order of execution. */
  handle(event: Event): readonly Command[];
}
