// A recording proxy in this process with rules that can change, its controls and its admin API.
import { onTestFinished } from "vitest";
import { Admin } from "../../../src/admin/admin.js";
import type { AdminServer } from "../../../src/admin/http/server.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { ConnectionRegistry } from "../../../src/io/control/connection-registry.js";
import { type RuleChangeEvent, RuleController } from "../../../src/io/control/rule-controller.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { type ProxyWorld, startWorld } from "./proxy-world.js";

/** The token of the tests. */
export const token = "0123456789abcdef0123456789abcdef";

/** An answer with what tests look at. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly json: any;
}

/** A world with an admin API. */
export interface AdminWorld extends ProxyWorld {
  readonly admin: Admin;
  readonly server: AdminServer;
  readonly controller: RuleController;
  readonly registry: ConnectionRegistry;
  readonly rules: LiveRules;
  readonly events: readonly RuleChangeEvent[];
  /** Asks with the token; a body that is no text is sent as JSON. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
}

/** Starts a world; its admin API ends with the test. */
export async function startAdminWorld(
  options: {
    readonly fence?: readonly string[];
    readonly needsTtl?: boolean;
    readonly hear?: (entry: Entry, identity: string | null) => void;
  } = {},
): Promise<AdminWorld> {
  const rules = new LiveRules({ mayChange: true, fence: options.fence });
  const decider = createDecider(rules, 7);
  const events: RuleChangeEvent[] = [];
  let controller: RuleController | undefined;
  let admin: Admin | undefined;
  const registry = new ConnectionRegistry(() => {
    const openingNote = controller?.openingNote();
    return openingNote === undefined ? [] : [openingNote];
  });
  const world = await startWorld({
    decider,
    registry,
    hear: (entry, identity) => {
      options.hear?.(entry, identity);
      admin?.onEntry(entry, identity);
    },
  });
  const { clock } = world.context;
  controller = new RuleController({
    rules,
    clock,
    defaultTtlMs: undefined,
    needsTtl: options.needsTtl === true,
    onChange: (event) => {
      events.push(event);
      registry.noteAll(event.code, event.message);
      admin?.onRuleChange(event);
    },
  });
  admin = new Admin({ clock, registry, controller, cassettes: world.cassettes, tool: "test" });
  const server = await admin.listen({
    host: "127.0.0.1",
    port: 0,
    token,
    names: ["lab.example"],
    onDefect: (error) => {
      throw error;
    },
  });
  const held = { admin, controller };
  onTestFinished(async () => {
    held.controller.close();
    await held.admin.close();
  });
  const ask: AdminWorld["ask"] = async (method, path, body, headers = {}) => {
    const isText = typeof body === "string";
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "Content-Type": isText ? "application/yaml" : "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json$/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson && text !== "" ? JSON.parse(text) : undefined,
    };
  };
  return { ...world, admin, server, controller, registry, rules, events, ask };
}
