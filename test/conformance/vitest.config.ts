import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run conformance`: gets the official suite from the registry, so it is not part of `npm test`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/conformance/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
