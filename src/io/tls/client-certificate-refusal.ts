// A stream between a raw socket and TLS that refuses any client certificate as a strict server does: the handshake goes on
// up to the client's Certificate message (RFC 5246 section 7.4.6), which gets an alert as its answer. TLS 1.2 does not
// encrypt that alert. Node's own TLS sends no alert when it refuses a client certificate.

import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { alertRecord } from "../../wire/tls/tls-names.js";

const recordHead = 5;
const handshakeRecord = 22;
const certificateMessage = 11;

/** Finds the Certificate message in a client's bytes, record by record. */
class CertificateWatch {
  private bytes: Buffer = Buffer.alloc(0);

  /** Whether it has come. Only whole records are examined. */
  push(chunk: Buffer): boolean {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    for (;;) {
      if (this.bytes.length < recordHead) return false;
      const end = recordHead + this.bytes.readUInt16BE(3);
      if (this.bytes.length < end) return false;
      const isHandshake = this.bytes[0] === handshakeRecord;
      if (isHandshake && this.bytes[recordHead] === certificateMessage) return true;
      this.bytes = this.bytes.subarray(end);
    }
  }
}

/** Makes the stream. `first` is what was read from the socket before; `refused` is called once the alert is sent. */
export function refuseClientCertificate(
  raw: Socket,
  first: Buffer,
  alert: number,
  refused: () => void,
): Duplex {
  const watch = new CertificateWatch();
  let isOver = false;
  const stream = new Duplex({
    read: () => void raw.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      if (isOver || !raw.writable) done();
      else raw.write(chunk, () => done());
    },
    final: (done) => done(),
  });
  const take = (chunk: Buffer): void => {
    if (isOver) return;
    if (!watch.push(chunk)) {
      if (!stream.push(chunk)) raw.pause();
      return;
    }
    isOver = true;
    raw.write(alertRecord(alert, "TLS 1.2"));
    refused();
  };
  raw.on("data", take);
  raw.on("end", () => stream.push(null));
  raw.on("close", () => stream.destroy());
  queueMicrotask(() => take(first));
  return stream;
}
