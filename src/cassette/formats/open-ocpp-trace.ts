// The format Open OCPP Trace v1.1, JSON lines: one record a message.

import { type FileFormat, lineReader } from "./format.js";
import { importOpenOcppTrace } from "./open-ocpp-trace-reader.js";
import { notHeldWords, openOcppTrace } from "./open-ocpp-trace-writer.js";

/** Open OCPP Trace. */
export const openOcppTraceFormat: FileFormat = {
  name: "open-ocpp-trace",
  about: "Open OCPP Trace v1.1: one record a message",
  endings: [".jsonl"],
  reader: lineReader(importOpenOcppTrace),
  writer: {
    cannotHold: notHeldWords,
    start: ({ messagesOf }) => ({ add: ({ entries }) => openOcppTrace(entries, messagesOf(entries)) }),
  },
};
