// Finds the end of a chunked body (RFC 9112 section 7.1), however its bytes are split into pieces. Keeps no bytes of the
// body. A malformed body never ends.

/** Finds the end of one chunked body. */
export interface ChunkedEnd {
  /** Takes the next bytes; true as soon as the body is complete. */
  push(bytes: Uint8Array): boolean;
}

type State = "size" | "data" | "after-data" | "trailer" | "complete" | "invalid";

const maxLineLength = 16_384;

class ChunkScanner implements ChunkedEnd {
  private state: State = "size";
  private line = "";
  private left = 0;

  push(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.length && this.state !== "complete" && this.state !== "invalid") {
      if (this.state === "data") {
        const skipped = Math.min(this.left, bytes.length - at);
        this.left -= skipped;
        at += skipped;
        if (this.left === 0) this.state = "after-data";
      } else this.onByte(bytes[at++] ?? 0);
    }
    return this.state === "complete";
  }

  private onByte(byte: number): void {
    if (byte !== 10) {
      this.line += String.fromCharCode(byte);
      if (this.line.length > maxLineLength) this.state = "invalid";
      return;
    }
    const line = this.line.replace(/\r$/, "");
    this.line = "";
    this.state = this.afterLine(line);
  }

  private afterLine(line: string): State {
    if (this.state === "trailer") return line === "" ? "complete" : "trailer";
    if (this.state === "after-data") return line === "" ? "size" : "invalid";
    const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line)?.[1];
    if (size === undefined) return "invalid";
    this.left = Number.parseInt(size, 16);
    return this.left === 0 ? "trailer" : "data";
  }
}

/** Makes the scanner for one chunked body. */
export function createChunkedEnd(): ChunkedEnd {
  return new ChunkScanner();
}
