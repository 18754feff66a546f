// The CSMS of the bench: accepts every upgrade and answers every CALL with an empty result, on raw sockets and
// with as little work as possible, so that the proxy in the middle is what is measured.
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { eachFrame, payloadStart, shortFrame, unmasked } from "./frames.mjs";

const quote = 0x22;
const maskedAt = (bytes, i, payloadAt) => bytes[i] ^ bytes[payloadAt - 4 + ((i - payloadAt) & 3)];

/** `[2,"<id>",...` -> `[3,"<id>",{}]`. */
const answer = (bytes, at, end) => {
  const payloadAt = payloadStart(bytes, at);
  const idAt = payloadAt + 4;
  let idEnd = idAt;
  while (idEnd < end && maskedAt(bytes, idEnd, payloadAt) !== quote) idEnd++;
  return shortFrame(`[3,"${unmasked(bytes, idAt, idEnd, payloadAt)}",{}]`);
};

const upgrade = (socket, head) => {
  const key = /^sec-websocket-key:\s*(\S+)/im.exec(head)?.[1] ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const lines = ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`];
  if (/^sec-websocket-protocol:/im.test(head)) lines.push("Sec-WebSocket-Protocol: ocpp1.6");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
};

const serve = (socket) => {
  let head = "";
  let open = false;
  let rest = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    if (!open) {
      head += chunk.latin1Slice();
      if (!head.includes("\r\n\r\n")) return;
      open = true;
      upgrade(socket, head);
      return;
    }
    const answers = [];
    rest = eachFrame(rest, chunk, (bytes, at, end) => {
      if ((bytes[at] & 15) === 1) answers.push(answer(bytes, at, end));
      else if ((bytes[at] & 15) === 8) socket.end();
    });
    if (answers.length === 1) socket.write(answers[0]);
    else if (answers.length > 1) socket.write(Buffer.concat(answers));
  });
};

const server = createServer({ noDelay: true }, serve);
server.listen({ host: "127.0.0.1", port: 0, backlog: 2048 }, () =>
  console.log(`Listening on ws://127.0.0.1:${server.address().port}`),
);
