// Variant b: two sockets piped into each other, nothing read. The least that a proxy in Node can cost.
import { connect, createServer } from "node:net";

const csmsPort = Number(process.argv[2]);

const server = createServer({ noDelay: true }, (charger) => {
  const csms = connect({ host: "127.0.0.1", port: csmsPort, noDelay: true });
  charger.pipe(csms).pipe(charger);
  charger.on("error", () => csms.destroy());
  csms.on("error", () => charger.destroy());
});
server.listen(0, "127.0.0.1", () => console.log(`Listening on ws://127.0.0.1:${server.address().port}`));
