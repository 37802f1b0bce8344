import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "lib/src/**/*.test.ts",
      "servers/src/**/*.test.ts",
      "bench/src/**/*.test.ts",
      "notebooks/**/*.test.ts",
    ],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
