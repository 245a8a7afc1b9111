import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ProductAmongOthers } from './test/support/product-among-others.ts';

/** They add step types and providers to their process, which it then keeps: each has a process of its own. */
const alone = ['test/integration/{pages,toy-step,toy-variants}.test.ts', 'test/faults/quarantine.test.ts'];

const real = { testTimeout: 120_000, hookTimeout: 120_000 };

/** In bytes, of the machine or of the container in it. */
const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** Tests wait for servers, timeouts and pages: a file keeps half a core busy, and needs up to 2.5 GB. */
const workers = Math.max(
  2,
  Math.min(8, Math.ceil(availableParallelism() * 1.25), Math.floor(memory / (2.5 * 2 ** 30))),
);

/** Unit tests need no server; every other test shares one PostgreSQL and one Temporal server for the whole run. */
export default defineConfig({
  // As Node resolves it for the libraries that use it, too: it must exist once in a process.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    reporters: ['default', './test/support/progress-reporter.ts', './test/support/closing-line-reporter.ts'],
    slowTestThreshold: 10_000,
    // A page of a busy machine takes its time.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: workers,
    sequence: { sequencer: ProductAmongOthers },
    // To import the product takes four seconds of processor time: test files share a process.
    isolate: false,
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/leave-as-found.ts'],
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'api/**/*.ts', 'worker/**/*.ts'],
      // They run in threads and processes of their own, from which nothing collects coverage.
      exclude: [
        'worker/workflows/**',
        'worker/workflow-threads/workflow-thread.ts',
        'shared/platform/server/sandboxes/**',
        'shared/platform/server/isolates/isolate-main.ts',
        'api/main.ts',
      ],
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
          exclude: alone,
          ...real,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, isolate: true, ...real },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: ['test/{e2e,smoke}/**/*.test.ts'],
          isolate: true,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
