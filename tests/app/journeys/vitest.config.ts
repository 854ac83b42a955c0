import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** `npm run test:journeys`: what takes minutes and stands beside the suite. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  plugins: [svelte()],
  test: {
    include: ['tests/app/journeys/**/*.journey.ts'],
    environment: 'node',
    env: { UNDERSTUDY_BACKEND: 'wasm' },
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', './tests/app/journeys/table-reporter.ts'],
  },
})
