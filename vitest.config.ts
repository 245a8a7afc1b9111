import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Unit tests need no server; every other test shares one PostgreSQL and one Temporal server for the whole run. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    // Most tests wait for servers: three fit on four cores.
    maxWorkers: availableParallelism() >= 4 ? 3 : 2,
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'api/**/*.ts', 'worker/**/*.ts'],
      exclude: ['worker/workflows/**'],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportsDirectory: '.cache/coverage',
      thresholds: { lines: 95 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/{integration,faults,replay}/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: ['test/{e2e,smoke}/**/*.test.ts'],
          pool: 'forks',
          // Whole products with a browser each, after the rest: two fit on four cores.
          maxWorkers: availableParallelism() >= 4 ? 2 : 1,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
