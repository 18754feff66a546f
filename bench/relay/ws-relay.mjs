// Variant d: what most people would write. A WebSocket endpoint on each side (ws), every message parsed and
// appended to one file as a line of JSON, through a stream that collects writes while the disk is busy.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { WebSocket, WebSocketServer } from "ws";

const [csmsPort, folder] = process.argv.slice(2);
const log = createWriteStream(join(folder, "messages.ndjson"), { flags: "a" });

const write = (identity, direction, data) => {
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    message = String(data);
  }
  log.write(`${JSON.stringify({ time: Date.now(), identity, direction, message })}\n`);
};

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: 0,
  handleProtocols: ([first]) => first ?? false,
});
server.on("connection", (charger, request) => {
  const identity = request.url.slice(request.url.lastIndexOf("/") + 1);
  const protocols = charger.protocol === "" ? [] : [charger.protocol];
  const csms = new WebSocket(`ws://127.0.0.1:${csmsPort}${request.url}`, protocols, {
    perMessageDeflate: false,
  });
  const early = [];
  const toCsms = (data, binary) => csms.send(data, { binary });
  charger.on("message", (data, binary) => {
    if (csms.readyState === WebSocket.CONNECTING) early.push([data, binary]);
    else toCsms(data, binary);
    write(identity, "cp-to-csms", data);
  });
  csms.on("open", () => {
    for (const [data, binary] of early.splice(0)) toCsms(data, binary);
  });
  csms.on("message", (data, binary) => {
    charger.send(data, { binary });
    write(identity, "csms-to-cp", data);
  });
  charger.on("close", () => csms.close());
  csms.on("close", () => charger.close());
  charger.on("error", () => csms.terminate());
  csms.on("error", () => charger.terminate());
});
server.on("listening", () => console.log(`Listening on ws://127.0.0.1:${server.address().port}`));
