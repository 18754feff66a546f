// Variant c: WebSockets passed through by http-proxy, as its documentation shows it.
import { createServer } from "node:http";
import httpProxy from "http-proxy";

const proxy = httpProxy.createProxyServer({ target: `ws://127.0.0.1:${process.argv[2]}`, ws: true });
proxy.on("error", (_error, _request, socket) => socket.destroy());

const server = createServer((_request, response) => response.writeHead(404).end());
server.on("upgrade", (request, socket, head) => proxy.ws(request, socket, head));
server.listen(0, "127.0.0.1", () => console.log(`Listening on ws://127.0.0.1:${server.address().port}`));
