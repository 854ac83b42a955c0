import type { CDPSession } from 'playwright-core'
import { createPeaksBuilder } from '../../src/shared/dsp/peaks.ts'
import { openBundledPage } from '../support/bundled-page.ts'
import type { InterfacePage } from './pages/interface-page.ts'
import { keep, processorMs, type BenchRow } from './stopwatch.ts'

declare global {
  interface Window {
    readonly interfacePage: InterfacePage
  }
}

const FRAME_COUNT = 120
const SCROLL_PX_PER_FRAME = 37
/** Twenty seconds across the lanes: some twelve regions of every lane are in sight. */
const SAMPLES_PER_PX = 800
const OPEN_COUNT = 3
const KEY_COUNT = 5
const CYCLE_COUNT = 50
const WARM_CYCLE_COUNT = 5
const PYRAMID_SEC = 240
const RATE_HZ = 48_000

/** What the interface may take, in milliseconds and in share of the heap. */
const bars = { scrollMs: 8, openMs: 1500, keyMs: 60, pyramidMs: 50, heapShare: 0.1 } as const

/** A song of 24 lanes and 2,000 regions in a real browser: processor time of its main thread, which other work of the machine does not disturb. */
export async function benchInterface(): Promise<BenchRow[]> {
  const bundled = await openPage()
  const { page } = bundled
  try {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    const opens = await repeated(OPEN_COUNT, () =>
      scriptMs(cdp, () => page.evaluate(() => window.interfacePage.open())),
    )
    await page.evaluate((samplesPerPx) => window.interfacePage.zoomTo(samplesPerPx), SAMPLES_PER_PX)
    await page.evaluate(() => window.interfacePage.waitForWaves())
    const scrolling = () =>
      repeated(FRAME_COUNT, () =>
        scriptMs(cdp, () => page.evaluate((px) => window.interfacePage.scrollBy(px), SCROLL_PX_PER_FRAME)),
      )
    const frames = await scrolling()
    const keys = await repeated(KEY_COUNT, () => page.evaluate(() => window.interfacePage.keyToSound()))
    await page.evaluate(() => window.interfacePage.openSubLanes())
    await page.evaluate(() => window.interfacePage.waitForWaves())
    const laneCount = await page.evaluate(() => window.interfacePage.subLaneCount())
    const framesOfLanes = await scrolling()
    return [
      row(
        'scroll frame',
        quantile(frames, 0.95),
        bars.scrollMs,
        'ms of scripting, 95th percentile',
        `${FRAME_COUNT} frames, median ${quantile(frames, 0.5).toFixed(1)} ms`,
      ),
      row(
        'scroll frame, lanes open',
        quantile(framesOfLanes, 0.95),
        bars.scrollMs,
        'ms of scripting, 95th percentile',
        `${laneCount} lanes of curves and takes open, median ${quantile(framesOfLanes, 0.5).toFixed(1)} ms`,
      ),
      row(
        'open 24 lanes',
        quantile(opens, 0.5),
        bars.openMs,
        'ms until the lanes can be used',
        `median of ${OPEN_COUNT}`,
      ),
      row(
        'key to sound',
        quantile(keys, 0.5),
        bars.keyMs,
        'ms on the audio clock, without the device',
        `median of ${KEY_COUNT}`,
      ),
      row('pyramid of 4 minutes', pyramidMs(), bars.pyramidMs, 'ms', 'mono at 48 kHz'),
      row(
        'heap growth',
        (await heapGrowth()) * 100,
        bars.heapShare * 100,
        '% of the heap',
        `${CYCLE_COUNT} times opened and closed`,
      ),
    ]
  } finally {
    await bundled.close()
  }
}

const openPage = () => openBundledPage(`${import.meta.dirname}/pages/interface-page.ts`)

const row = (name: string, value: number, bar: number, unit: string, how: string): BenchRow => ({
  name,
  measured: `${value.toFixed(1)} ${unit} (${how})`,
  baseline: `the bar: ${bar}`,
  ratio: value / bar,
  meaning: 'of what it may take',
})

async function repeated(count: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = []
  for (let index = 0; index < count; index++) values.push(await measure())
  return values
}

/** Processor time that scripts of the page take during an act. */
async function scriptMs(cdp: CDPSession, act: () => Promise<unknown>): Promise<number> {
  const before = await scriptSec(cdp)
  await act()
  return ((await scriptSec(cdp)) - before) * 1000
}

async function scriptSec(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? Number.NaN
}

/**
 * Growth of the heap over so many openings, once what the first ones warm up is there. On a page of its own: what
 * the browser compiles of scrolling and playing, and throws away while songs come and go, says nothing of songs.
 */
async function heapGrowth(): Promise<number> {
  const bundled = await openPage()
  const { page } = bundled
  try {
    const cdp = await page.context().newCDPSession(page)
    const heapBytes = async (): Promise<number> => {
      await cdp.send('HeapProfiler.collectGarbage')
      return (await cdp.send('Runtime.getHeapUsage')).usedSize
    }
    const cycles = (count: number) => page.evaluate((times) => window.interfacePage.openAndClose(times), count)
    await cycles(WARM_CYCLE_COUNT)
    const before = await heapBytes()
    await cycles(CYCLE_COUNT)
    return (await heapBytes()) / before - 1
  } finally {
    await bundled.close()
  }
}

function pyramidMs(): number {
  const samples = Float32Array.from({ length: RATE_HZ * PYRAMID_SEC }, (_, index) => Math.sin(index / 20))
  const block = 65_536
  return processorMs(() => {
    const builder = createPeaksBuilder()
    for (let start = 0; start < samples.length; start += block) builder.push([samples.subarray(start, start + block)])
    keep(builder.finish().levels.length)
  })
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]
