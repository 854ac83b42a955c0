import { createPeaksBuilder } from '../../src/shared/dsp/peaks.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

const RATE_HZ = 48_000
const DURATION_SEC = 120
const BLOCK_SAMPLES = 65_536

/** The pyramid of a two-minute stereo file, beside one look at every sample. */
export function benchPeaks(): BenchRow[] {
  const channels = [0, 1].map((channel) =>
    Float32Array.from({ length: RATE_HZ * DURATION_SEC }, (_, index) => Math.sin(index / (20 + channel))),
  )
  const blocks = Array.from({ length: Math.ceil(channels[0].length / BLOCK_SAMPLES) }, (_, block) =>
    channels.map((channel) => channel.subarray(block * BLOCK_SAMPLES, (block + 1) * BLOCK_SAMPLES)),
  )
  const buildMs = medianMs(3, () => {
    const builder = createPeaksBuilder()
    for (const block of blocks) builder.push(block)
    keep(builder.finish().levels.length)
  })
  const lookMs = medianMs(3, () => {
    let highest = 0
    for (const channel of channels) for (const sample of channel) if (sample > highest) highest = sample
    keep(highest)
  })
  return [
    {
      name: 'peaks',
      measured: `${DURATION_SEC} s of stereo in ${buildMs.toFixed(0)} ms (${((DURATION_SEC * 1000) / buildMs).toFixed(0)} × real time)`,
      baseline: `one look at every sample: ${lookMs.toFixed(0)} ms`,
      ratio: buildMs / lookMs,
      meaning: 'times one look at every sample',
    },
  ]
}
