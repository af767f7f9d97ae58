import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/node-version.ts'],
    testTimeout: 30_000,
    // Vitest leaves one core out; many tests here wait for git and a database, not for a core.
    maxWorkers: availableParallelism(),
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
