import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from 'node:path'
import { createWorkerFork } from '../../src/main/compute/workers/fork-worker.ts'
import type { WorkerProcess } from '../../src/main/compute/workers/worker-process.ts'
import type { FromWorker } from '../../src/shared/contract/compute.ts'
import { openComputingBrowser } from '../support/browser.ts'

/** A worker whose engine is a hidden window's; here the browser that tests have stands for the desktop program. */
const workerPath = join(import.meta.dirname, '../../src/main/compute/worker.ts')

let browser: Browser
let worker: WorkerProcess
beforeAll(async () => {
  browser = await openComputingBrowser()
  process.env['UNDERSTUDY_WINDOWS'] = '1'
  process.env['UNDERSTUDY_SOFTWARE_GPU'] = 'plain'
  const fork = createWorkerFork({ modelsFolder: '', enginesFolder: null })
  worker = fork(workerPath, 'training', { id: 'webgpu-window', reason: 'wanted by the test', isProven: false })
  delete process.env['UNDERSTUDY_WINDOWS']
  delete process.env['UNDERSTUDY_SOFTWARE_GPU']
})
afterAll(async () => {
  worker?.kill()
  await browser?.close()
})

test('a worker asks for its window, compares numbers through it, is ready, and ends to be replaced when it is gone', async () => {
  const heard: FromWorker['kind'][] = []
  const { promise: exited, resolve: exit } = Promise.withResolvers<string>()
  const ready = new Promise<string>((resolve, reject) => {
    worker.onExit((lastWords) => {
      exit(lastWords)
      reject(new Error(`the worker ended after ${heard.join(', ')}: ${lastWords}`))
    })
    worker.onMessage((message) => {
      heard.push(message.kind)
      if (message.kind === 'open-page') void browser.newPage().then((page) => page.goto(message.address))
      if (message.kind === 'ready') resolve(message.backend)
    })
  })
  expect(await ready).toBe('webgpu-window')
  expect(heard.slice(0, 2)).toEqual(['open-page', 'ready'])
  for (const page of browser.contexts().flatMap((context) => context.pages())) await page.close()
  expect(await exited).toMatch(/its window is gone/)
})
