// How the tests run: each file in a process of its own, against the databases that the global setup prepares.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // Native modules and real signals want processes, not threads.
    pool: 'forks',
    // Many tests wait for something: the usual one less than there are cores leaves them idle.
    maxWorkers: '150%',
    testTimeout: 20_000,
    // What is waited for comes late on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 20_000,
    teardownTimeout: 20_000,
    // A promise that nobody awaited failed: that is a bug, not noise.
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
