// Loaded before the server: at SIGUSR2 it collects garbage and writes the size of the heap to a file.

const { writeFileSync } = require("node:fs");

process.on("SIGUSR2", () => {
  globalThis.gc();
  globalThis.gc();
  writeFileSync(process.env.CHOR_HEAP_FILE, String(process.memoryUsage().heapUsed));
});
