import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** `npm run test:launch`: the built program as somebody starts it for the first time. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  test: {
    include: ['tests/app/launch/**/*.launch.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
})
