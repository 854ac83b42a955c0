import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['./tests/support/compiled-once.ts'],
    setupFiles: ['./tests/support/repeatable-properties.ts'],
    // The same engine on every machine, and no self-test of others at each start; tests of the choice unset it.
    env: { UNDERSTUDY_BACKEND: 'wasm' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: more forks only fight for them.
    maxWorkers: 2,
    reporters: ['default', './tests/support/summary-reporter.ts'],
  },
})
