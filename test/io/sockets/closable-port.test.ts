import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ClosablePort } from "../../../src/io/sockets/closable-port.js";

const listening = async (port = 0): Promise<{ server: Server; port: number }> => {
  const server = createServer((socket) => socket.on("error", () => undefined));
  server.listen({ host: "127.0.0.1", port });
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as AddressInfo).port };
};

const dialled = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve("connected");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });

test("a closed port refuses connections, and listens again once the outage is over", async () => {
  const { server, port } = await listening();
  let isOver = false;
  const said: string[] = [];
  const options = {
    server,
    host: "127.0.0.1",
    port,
    isOver: () => isOver,
    log: (line: string) => void said.push(line),
  };
  const closable = new ClosablePort(options);
  closable.close();
  closable.close();
  expect(await dialled(port)).toBe("ECONNREFUSED");
  isOver = true;
  await once(server, "listening");
  expect(await dialled(port)).toBe("connected");
  expect(said).toEqual([]);
});

test("a port that another program uses meanwhile is reported once, and used when it is free", async () => {
  const { server, port } = await listening();
  let isOver = false;
  const said: string[] = [];
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const log = (line: string): void => {
    said.push(line);
    tell();
  };
  new ClosablePort({ server, host: "127.0.0.1", port, isOver: () => isOver, log }).close();
  const other = await listening(port);
  isOver = true;
  await told;
  other.server.close();
  await once(server, "listening");
  expect(said).toEqual([`cannot listen on 127.0.0.1:${port} again (EADDRINUSE); retrying`]);
});

test("a stopped port does not open again", async () => {
  const { server, port } = await listening();
  const closable = new ClosablePort({
    server,
    host: "127.0.0.1",
    port,
    isOver: () => true,
    log: () => undefined,
  });
  closable.close();
  closable.stop();
  expect(server.listening).toBe(false);
});
