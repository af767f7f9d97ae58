import { defineConfig } from 'vitest/config';

/** What needs a real browser: `npm test` needs nothing but `npm ci`. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    setupFiles: ['test/support/node-version.ts'],
    testTimeout: 60_000,
    fileParallelism: false,
  },
});
