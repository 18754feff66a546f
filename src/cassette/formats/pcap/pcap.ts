// Network captures -> recordings, one a charge point: every frame as it was on the wire, ping, pong and close among
// them, both heads (without secrets), the times of the packets, and who ended what. What cannot be read is
// counted and said: TLS, other protocols, bytes that the capture does not have.

import type { Capture, CapturedPacket } from "../../../wire/pcap/capture.js";
import { readCapture } from "../../../wire/pcap/capture-file.js";
import { type CapturedStream, readCapturedStream } from "../../../wire/pcap/captured-stream.js";
import { type TcpSegment, unpackPacket } from "../../../wire/pcap/ip-packets.js";
import { tcpStreams } from "../../../wire/pcap/tcp-streams.js";
import type { Imported, ImportedRecording } from "../../message-recording.js";
import { CaptureRecording, type PcapContext, placeOf } from "./pcap-recording.js";

/** What was found in the captures besides WebSocket. */
interface Counts {
  packets: number;
  websocket: number;
  refused: number;
  tls: number;
  http: number;
  otherTcp: number;
  fragments: number;
  unknownLinks: number;
  cutPackets: number;
  missingOctets: number;
  withoutHandshake: number;
}

const noCounts = (): Counts => ({
  packets: 0,
  websocket: 0,
  refused: 0,
  tls: 0,
  http: 0,
  otherTcp: 0,
  fragments: 0,
  unknownLinks: 0,
  cutPackets: 0,
  missingOctets: 0,
  withoutHandshake: 0,
});

const segmentsOf = (packets: readonly CapturedPacket[], counts: Counts): readonly TcpSegment[] => {
  const segments: TcpSegment[] = [];
  for (const packet of packets) {
    counts.packets++;
    const unpacked = unpackPacket(packet);
    if (unpacked.kind === "tcp") segments.push(unpacked.segment);
    else if (unpacked.kind === "fragment") counts.fragments++;
    else if (unpacked.kind === "link") counts.unknownLinks++;
    else if (unpacked.kind === "cut") counts.cutPackets++;
  }
  return segments;
};

/** Packets of several files in the order of their times; those without a time stay where they are. */
const inOrder = (captures: readonly Capture[]): readonly CapturedPacket[] => {
  const packets = captures.flatMap((capture) => capture.packets);
  if (packets.some(({ atNs }) => atNs === null)) return packets;
  return packets.sort((a, b) =>
    (a.atNs ?? 0n) < (b.atNs ?? 0n) ? -1 : (a.atNs ?? 0n) > (b.atNs ?? 0n) ? 1 : 0,
  );
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const remarksOf = (counts: Counts, hasSecrets: boolean): readonly string[] => {
  const remarks: string[] = [];
  const say = (count: number, sentence: string): void => {
    if (count > 0) remarks.push(sentence);
  };
  const { tls, http, otherTcp, fragments, unknownLinks, cutPackets, missingOctets, withoutHandshake } =
    counts;
  say(
    tls,
    `${plural(tls, "stream is", "streams are")} encrypted with TLS and cannot be read${hasSecrets ? " (the secrets in the file are not used)" : ""}; capture behind the end of TLS, or decrypt the capture first`,
  );
  say(http, `${plural(http, "stream is", "streams are")} plain HTTP without an upgrade`);
  say(otherTcp, `${plural(otherTcp, "TCP stream is", "TCP streams are")} no WebSocket`);
  say(
    withoutHandshake,
    `${plural(withoutHandshake, "connection has", "connections have")} no whole handshake in the capture`,
  );
  say(missingOctets, `${plural(missingOctets, "byte", "bytes")} of WebSocket streams are not in the capture`);
  say(fragments, `${plural(fragments, "IP fragment was", "IP fragments were")} left out`);
  say(unknownLinks, `${plural(unknownLinks, "packet has", "packets have")} a link layer that is not known`);
  say(cutPackets, `${plural(cutPackets, "packet is", "packets are")} cut off inside the headers`);
  return remarks;
};

const count = (stream: CapturedStream, counts: Counts): void => {
  switch (stream.kind) {
    case "websocket":
      counts.websocket++;
      if (stream.request === undefined || stream.response === undefined) counts.withoutHandshake++;
      for (const item of stream.items) if (item.kind === "hole") counts.missingOctets += item.length;
      break;
    case "refused":
      counts.refused++;
      break;
    case "tls":
      counts.tls++;
      break;
    case "http":
      counts.http++;
      break;
    case "other":
      counts.otherTcp++;
      break;
    case "empty":
      break;
  }
};

/** Reads captures, all of them as one; the files follow each other or overlap. */
export function importPcap(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  context: PcapContext,
): Imported {
  const counts = noCounts();
  const captures: Capture[] = [];
  const remarks: string[] = [];
  for (const { name, bytes } of files) {
    const capture = readCapture(bytes);
    if ("why" in capture) {
      remarks.push(`${name}: ${capture.why}`);
      continue;
    }
    captures.push(capture);
    for (const finding of capture.findings) remarks.push(`${name}: ${finding}`);
  }
  const recordings = new Map<string, CaptureRecording>();
  for (const tcp of tcpStreams(segmentsOf(inOrder(captures), counts))) {
    const stream = readCapturedStream(tcp);
    count(stream, counts);
    if (stream.kind !== "websocket" && stream.kind !== "refused") continue;
    const place = placeOf(stream, context);
    const recording =
      recordings.get(place.identity) ?? new CaptureRecording(place.identity, context.hideHead);
    recordings.set(place.identity, recording);
    if (stream.kind === "websocket") recording.websocket(stream, place);
    else recording.refused(stream, place);
  }
  const made: ImportedRecording[] = [...recordings].map(([name, recording]) => ({
    name,
    entries: recording.finish(context),
  }));
  const frames = [...recordings.values()].reduce((sum, recording) => sum + recording.frames, 0);
  const facts = { ...counts, identities: recordings.size };
  const hasSecrets = captures.some((capture) => capture.hasSecrets);
  return {
    recordings: made,
    report: {
      taken: frames,
      notUnderstood: counts.cutPackets + counts.unknownLinks,
      examples: [],
      remarks: [...remarks, ...remarksOf(counts, hasSecrets)],
      facts,
    },
  };
}
