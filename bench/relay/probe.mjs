// Loaded in front of every process that is measured (node --import): tells over the channel to the parent what
// the process has used so far. Takes no part in its work and keeps it not alive.

process.on("message", (question) => {
  if (question !== "usage") return;
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ usage: { cpuSeconds: (user + system) / 1e6, rss: process.memoryUsage.rss() } });
});
process.channel?.unref();
