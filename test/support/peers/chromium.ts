// Opens pages in a real Chromium, over its debugging pipe: without a port or a package. What a page from disk must not do
// (dialogs, requests, violations of its policy, exceptions) is collected as `problems`.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--remote-debugging-pipe",
  "--window-size=1280,900",
];

/** For scripts in a page: waits until the page has drawn its last change. */
export const settle = `await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`;

/** For scripts in a page: opens every `details`, and waits until the page's script has filled them. */
export const openAll = `(async () => {
  const opened = [...document.querySelectorAll("details:not([open])")].map((details) => {
    const toggled = new Promise((resolve) => details.addEventListener("toggle", resolve, { once: true }));
    details.open = true;
    return toggled;
  });
  await Promise.all(opened);
  ${settle}
})()`;

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A running Chromium with one page. */
export class Chromium {
  /** What the page did, or tried to do, and must not. */
  readonly problems: string[] = [];
  private readonly child: ChildProcess;
  private readonly profile: string;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private session: string | undefined;
  private loaded: () => void = () => undefined;
  private own = "";
  private last = 0;

  private constructor() {
    this.profile = mkdtempSync(join(tmpdir(), "chromium-"));
    this.child = spawn("chromium", [...flags, `--user-data-dir=${this.profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    let rest = "";
    (this.child.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
      const parts = `${rest}${chunk}`.split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) this.onAnswer(JSON.parse(part) as Answer);
    });
  }

  /** Starts it with an empty page. */
  static async start(): Promise<Chromium> {
    const chromium = new Chromium();
    const { targetId } = await chromium.ask("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await chromium.ask("Target.attachToTarget", { targetId, flatten: true });
    chromium.session = String(sessionId);
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await chromium.ask(`${domain}.enable`, {});
    return chromium;
  }

  /** Opens a file and waits until it is loaded; `media` are features such as prefers-color-scheme. */
  async open(path: string, fragment = ""): Promise<void> {
    const loaded = new Promise<void>((resolve) => {
      this.loaded = resolve;
    });
    this.own = pathToFileURL(path).href;
    await this.ask("Page.navigate", { url: `${this.own}${fragment}` });
    await loaded;
  }

  /** Evaluates an expression in the page and returns its value. */
  async evaluate<T>(expression: string): Promise<T> {
    const settings = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.ask("Runtime.evaluate", settings);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, "exit");
    this.session = undefined;
    void this.ask("Browser.close", {}).catch(() => undefined);
    await exited;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private ask(method: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    this.last += 1;
    const id = this.last;
    const session = this.session === undefined ? {} : { sessionId: this.session };
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
    });
  }

  private onAnswer(answer: Answer): void {
    if (answer.id !== undefined) {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
      return;
    }
    const params = answer.params ?? {};
    switch (answer.method) {
      case "Page.loadEventFired":
        this.loaded();
        break;
      case "Page.javascriptDialogOpening":
        this.problems.push(`dialog: ${String(params.message)}`);
        void this.ask("Page.handleJavaScriptDialog", { accept: true });
        break;
      case "Network.requestWillBeSent": {
        const { url } = params.request as { readonly url: string };
        if (url.replace(/#.*$/, "") !== this.own) this.problems.push(`request: ${url}`);
        break;
      }
      case "Log.entryAdded":
      case "Runtime.exceptionThrown":
      case "Runtime.consoleAPICalled":
        this.problems.push(`${answer.method}: ${JSON.stringify(params)}`);
        break;
      default:
        break;
    }
  }
}

/** Changes a field of a page's form as a user does, and returns what `visible` finds once the page has reacted. */
export function setField(id: string, change: string, visible: string): string {
  return `(async () => {
  const field = document.getElementById("${id}");
  ${change};
  field.dispatchEvent(new Event("input", { bubbles: true }));
  ${settle}
  return ${visible};
})()`;
}
