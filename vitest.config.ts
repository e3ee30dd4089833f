import { defineConfig } from "vitest/config";

const source = (path: string): string => new URL(path, import.meta.url).pathname;

/** A search with a bigger number (`npm run test:long`) takes as long as it takes. */
const isLong = process.env["CHOR_CASES"] !== undefined || process.env["CHOR_KILLS"] !== undefined;
const patience = isLong ? 3_600_000 : 120_000;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@chor\/grammar$/, replacement: source("./grammar/src/index.ts") },
      { find: /^@chor\/compiler$/, replacement: source("./compiler/src/index.ts") },
      { find: /^@chor\/runtime$/, replacement: source("./runtime/src/index.ts") },
      { find: /^@chor\/runtime\/sqlite$/, replacement: source("./runtime/src/sqlite.ts") },
    ],
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: patience, hookTimeout: patience, maxWorkers: "100%" },
});
