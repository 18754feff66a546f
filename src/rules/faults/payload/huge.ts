// huge: adds a member of several megabytes to the payload.

import { memberAddition } from "../../../ocpp/json/edits.js";
import { number, text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload } from "../edit/edit-payload.js";

const bytesPerMegabyte = 1024 * 1024;

/** Makes the message huge. */
export const huge: Fault = defineFault({
  name: "huge",
  layer: "payload",
  risksBilling: true,
  summary: "Adds a member with a string of this many megabytes (1048576 bytes each) to the payload.",
  breaks: "the schema of the action; RFC 6455 section 10.4 lets a receiver limit the size",
  goodPeer:
    "Closes the connection with 1009 or answers with CALLERROR. It does not run out of memory, and other chargers are not affected.",
  example: "huge: { megabytes: 4 }",
  settings: {
    megabytes: number("size in megabytes", { min: 0.001, max: 16 }, 1),
    name: text("the name of the member", "filler"),
  },
  short: "megabytes",
  apply: ({ megabytes, name }, { copies }) => {
    const bytes = Math.floor(megabytes * bytesPerMegabyte);
    const changed = editPayload(copies, (payload) =>
      payload.members === undefined
        ? "the payload is no object"
        : {
            edits: [memberAddition(payload, name, `"${"x".repeat(bytes)}"`)],
            outcome: `enlarged by ${bytes} bytes`,
          },
    );
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ megabytes }, { words }) => `adds ${megabytes} MB to ${words}`,
});
