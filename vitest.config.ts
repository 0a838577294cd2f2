import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    /** Also where no machine of a service says `CI`: a test that runs alone hides all the others. */
    allowOnly: false,
    tags: [
      { name: 'slow', description: 'Takes seconds by itself; `npm run verify` leaves it to `npm test`.' },
      {
        name: 'long',
        description: 'Takes longer; `npm run verify` and `npm test` leave it to `npm run test:long`.',
        timeout: 240_000,
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/lib/**/*.ts'],
      exclude: ['src/lib/nn/kernels/assembly/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'coverage',
    },
    // As many as there are cores: nothing here measures by the clock.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/site.ts'],
          // A worker keeps its modules, and with them its browser, from one file to the next.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A page that shares its cores with others takes its time.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
