import { defineConfig } from "vitest/config";

const source = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@chor\/grammar$/, replacement: source("./grammar/src/index.ts") },
      { find: /^@chor\/compiler$/, replacement: source("./compiler/src/index.ts") },
      { find: /^@chor\/runtime$/, replacement: source("./runtime/src/index.ts") },
      { find: /^@chor\/runtime\/sqlite$/, replacement: source("./runtime/src/sqlite.ts") },
    ],
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
