// The chargers of the bench, in one process of their own, driven over its channel: `open` connects them, `drive`
// keeps a number of CALLs outstanding on each for a while and waits for the last answer, `close` ends them.
// A burst is sent with one write and its answers are awaited before the next one, as a charger empties its queue.
import { connect } from "node:net";
import { eachFrame, maskedFrame } from "./frames.mjs";
import { createHistogram } from "./histogram.mjs";
import { callText } from "./messages.mjs";

const chargers = [];

const dial = (port, name) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    const charger = { socket, name, rest: Buffer.alloc(0), onFrame: () => undefined };
    const head = [
      `GET /ocpp/${name} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Protocol: ocpp1.6",
    ];
    socket.once("connect", () => socket.write(`${head.join("\r\n")}\r\n\r\n`));
    socket.once("error", reject);
    socket.once("data", (chunk) => {
      if (!chunk.latin1Slice().startsWith("HTTP/1.1 101")) return reject(new Error(chunk.latin1Slice()));
      socket.on("data", (bytes) => {
        charger.rest = eachFrame(charger.rest, bytes, charger.onFrame);
      });
      resolve(charger);
    });
  });

const open = async ({ port, count, prefix }) => {
  // A few at a time, so that the listen queue is not what is measured.
  for (let first = 0; first < count; first += 50) {
    const some = Array.from({ length: Math.min(50, count - first) }, (_, i) =>
      dial(port, `${prefix}${first + i}`),
    );
    chargers.push(...(await Promise.all(some)));
  }
};

const drive = ({ ms, action, outstanding }) =>
  new Promise((resolve) => {
    const latencies = createHistogram();
    const start = performance.now();
    const deadline = start + ms;
    let messages = 0;
    let running = chargers.length;
    for (const [number, charger] of chargers.entries()) {
      const calls = Array.from({ length: outstanding }, (_, i) =>
        maskedFrame(callText(action, `${number}-${1000 + i}`)),
      );
      const burst = Buffer.concat(calls);
      let sentAt = 0;
      let open = 0;
      const send = () => {
        sentAt = performance.now();
        open = outstanding;
        charger.socket.write(burst);
      };
      charger.onFrame = () => {
        const now = performance.now();
        latencies.add(now - sentAt);
        messages++;
        if (--open > 0) return;
        if (now < deadline) send();
        else if (--running === 0)
          resolve({ messages, seconds: (now - start) / 1000, ...latencies.summary() });
      };
      send();
    }
  });

const close = () =>
  Promise.all(
    chargers.splice(0).map(
      ({ socket }) =>
        new Promise((resolve) => {
          socket.on("error", () => undefined);
          socket.once("close", resolve);
          socket.destroy();
        }),
    ),
  );

const work = { open, drive, close };

process.on("message", async ({ kind, ...task }) => {
  try {
    process.send({ done: (await work[kind](task)) ?? null });
  } catch (error) {
    process.send({ failed: error.message });
  }
});
process.on("disconnect", () => process.exit());
