import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run upgrade`: needs the history of the repository, so it is not part of `npm test`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/upgrade/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
