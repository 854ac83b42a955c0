import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

/** What these are about has no clock, no files and no state of its own: they share processes, and load it once. */
const pure = ['tests/{architecture,contract,golden}/**/*.test.ts', 'tests/unit/{shared,renderer,models}/**/*.test.ts']

export default defineConfig({
  plugins: [svelte()],
  test: {
    environment: 'node',
    globalSetup: ['./tests/support/compiled-once.ts', './tests/support/made-once.ts'],
    setupFiles: ['./tests/support/repeatable-properties.ts'],
    // The same engine on every machine, and no self-test of others at each start; tests of the choice unset it.
    env: { UNDERSTUDY_BACKEND: 'wasm' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: more forks only fight for them.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './tests/support/summary-reporter.ts'],
    projects: [
      { extends: true, test: { name: 'apart', include: ['tests/**/*.test.ts'], exclude: pure } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
})
