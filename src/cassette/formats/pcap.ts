// The format `pcap`.

import type { FileFormat } from "./format.js";
import { importPcap } from "./pcap/pcap.js";

/** Network captures. */
export const pcapFormat: FileFormat = {
  name: "pcap",
  about: "network captures: pcap and pcapng",
  endings: [".pcap", ".pcapng"],
  reader: {
    takesSeveral: true,
    options: ["identity"],
    hint: "Is --from right?",
    read: (files, { identity }, context) => {
      const captures = files.map(({ fileName, bytes }) => ({ name: fileName, bytes }));
      return importPcap(captures, { ...context, identity });
    },
  },
};
