// Loaded into every process that is measured (node --import): reports over the channel to the parent how much CPU and
// memory the process has used so far. It takes no part in the work and does not keep the process alive.

process.on("message", (question) => {
  if (question !== "usage") return;
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ usage: { cpuSeconds: (user + system) / 1e6, rss: process.memoryUsage.rss() } });
});
process.channel?.unref();
