import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Cases and fixtures are what tests read; a test file among them is none of ours.
    exclude: ["test/cases/**", "test/fixtures/**"],
    // Several times what the slowest test takes on two cores, so that a busy machine fails nothing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
