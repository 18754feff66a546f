// Finds where a chunked body ends (RFC 9112 section 7.1), for every cutting of it. Keeps nothing of the body;
// what it cannot follow has no end.

/** Follows one chunked body. */
export interface ChunkedEnd {
  /** Takes the next octets; true once the body is whole. */
  push(octets: Uint8Array): boolean;
}

type State = "size" | "data" | "after-data" | "trailer" | "whole" | "lost";

const longestLine = 16_384;

class ChunkScanner implements ChunkedEnd {
  private state: State = "size";
  private line = "";
  private left = 0;

  push(octets: Uint8Array): boolean {
    let at = 0;
    while (at < octets.length && this.state !== "whole" && this.state !== "lost") {
      if (this.state === "data") {
        const skipped = Math.min(this.left, octets.length - at);
        this.left -= skipped;
        at += skipped;
        if (this.left === 0) this.state = "after-data";
      } else this.take(octets[at++] ?? 0);
    }
    return this.state === "whole";
  }

  private take(octet: number): void {
    if (octet !== 10) {
      this.line += String.fromCharCode(octet);
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
