import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { openPageLine, type PageLine } from '../../../src/main/compute/engines/page-line.ts'
import { engineProbes } from '../../../src/shared/networks/engine-probes/index.ts'
import type { RemoteEngine } from '../../../src/shared/networks/remote/remote-line.ts'
import { openComputingBrowser } from '../browser.ts'
import { makeTemporaryFolder, removeFolder } from '../temporary-folder.ts'
import { restored, stored, type ProbeAnswer, type ProbeOrder } from './probe-training.ts'

export interface ProbePage {
  readonly engine: RemoteEngine
  readonly line: PageLine
  /** What the page complained of. */
  readonly complaints: readonly string[]
  train(order: ProbeOrder): Promise<ProbeAnswer>
  /** As when a driver takes the device away with its page. */
  losePage(): Promise<void>
  close(): Promise<void>
}

/** The product's computing page, built as the product is, in the real browser with its WebGPU on a software device. */
export async function openProbePage(software: 'plain' | 'real' | 'refused' = 'plain'): Promise<ProbePage> {
  const folder = makeTemporaryFolder()
  const root = resolve(import.meta.dirname, '../../../src/renderer')
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, minify: false, target: 'esnext', rollupOptions: { input: resolve(root, 'compute.html') } },
  })
  const line = await openPageLine(folder, { software })
  const browser: Browser = await openComputingBrowser()
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const close = async () => {
    line.close()
    await browser.close()
    removeFolder(folder)
  }
  try {
    await page.goto(line.address)
    const engine = await line.ready
    return {
      engine,
      line,
      complaints,
      train: (order) => train(line, order, engine.device),
      losePage: () => page.close(),
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function train(line: PageLine, order: ProbeOrder, device: string): Promise<ProbeAnswer> {
  const losses: Record<string, readonly number[]> = {}
  const states: Record<string, ReturnType<typeof stored>> = {}
  for (const { id } of engineProbes) {
    if (order.ids !== undefined && !order.ids.includes(id)) continue
    const from = order.from[id]
    const { seed, stepCount } = order
    const result = await line.call({
      kind: 'probe',
      id,
      seed,
      stepCount,
      from: from === undefined ? null : restored(from),
    })
    if (result.kind !== 'probe') throw new Error(`the page answered ${result.kind}`)
    losses[id] = result.run.losses
    states[id] = stored(result.run.state)
  }
  return { device, losses, states }
}
