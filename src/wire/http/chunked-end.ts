// Finds where a chunked body ends (RFC 9112 section 7.1), for every cutting of it. Keeps nothing of the body;
// what it cannot follow has no end.

/** Follows one chunked body. */
export interface ChunkedEnd {
  /** Takes the next bytes; true once the body is whole. */
  push(bytes: Uint8Array): boolean;
}

type State = "size" | "data" | "after-data" | "trailer" | "whole" | "lost";

const longestLine = 16_384;

class ChunkScanner implements ChunkedEnd {
  private state: State = "size";
  private line = "";
  private left = 0;

  push(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.length && this.state !== "whole" && this.state !== "lost") {
      if (this.state === "data") {
        const skipped = Math.min(this.left, bytes.length - at);
        this.left -= skipped;
        at += skipped;
        if (this.left === 0) this.state = "after-data";
      } else this.take(bytes[at++] ?? 0);
    }
    return this.state === "whole";
  }

  private take(byte: number): void {
    if (byte !== 10) {
      this.line += String.fromCharCode(byte);
      if (this.line.length > longestLine) this.state = "lost";
      return;
    }
    const line = this.line.replace(/\r$/, "");
    this.line = "";
    this.state = this.afterLine(line);
  }

  private afterLine(line: string): State {
    if (this.state === "trailer") return line === "" ? "whole" : "trailer";
    if (this.state === "after-data") return line === "" ? "size" : "lost";
    const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line)?.[1];
    if (size === undefined) return "lost";
    this.left = Number.parseInt(size, 16);
    return this.left === 0 ? "trailer" : "data";
  }
}

/** Makes a follower of one chunked body. */
export function createChunkedEnd(): ChunkedEnd {
  return new ChunkScanner();
}
