// The text for a CSMS's refusal, after its status line: the URL, the start of the body, and the likely reason.

import { text } from "../../base/bytes.js";
import { printable } from "../../text/printable.js";
import { fieldValue, type Head } from "../../wire/http/head.js";
import { likelyReason, startOfBody } from "../../wire/http/refusal-reason.js";
import { bodyEnd, statusOf } from "../../wire/http/response-head.js";

/** A refusal of the CSMS. */
export interface RefusedUpgrade {
  /** The requested URL; null if it is not known. */
  readonly url: string | null;
  readonly request: Head | undefined;
  /** The head of the answer; undefined if it was not HTTP. */
  readonly response: Head | undefined;
  readonly body: Uint8Array;
}

const readBytes = 4096;

/** The start of a body as text; "" if there is none that can be read. */
const bodyWords = ({ body, response }: RefusedUpgrade): string => {
  if (body.length === 0 || (response && fieldValue(response, "content-encoding") !== undefined)) return "";
  const start = text(body.subarray(0, readBytes));
  const isChunked = response !== undefined && bodyEnd(response).kind === "chunked";
  return printable(startOfBody(isChunked ? start.replace(/^[0-9a-f]+[^\n]*\n/i, "") : start), 200);
};

/** ` to URL, "start of the body"; likely: reason`, each part only if it is known. */
export function refusalWords(refused: RefusedUpgrade): string {
  const { url, request, response } = refused;
  const status = response === undefined ? undefined : statusOf(response);
  const words = bodyWords(refused);
  const likely =
    status === undefined || url === null ? undefined : likelyReason({ status, url, request, response });
  return [
    url === null ? "" : ` to ${printable(url, 300)}`,
    words === "" ? "" : `, "${words}"`,
    likely === undefined ? "" : `; likely: ${printable(likely, 500)}`,
  ].join("");
}
