import type { Numbers } from './numbers.ts'

/** Block of the gated measurement and its overlap (ITU-R BS.1770-4 §3). */
const BLOCK_SEC = 0.4
const BLOCKS_PER_STEP = 4
const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = -10
const OFFSET_LUFS = -0.691

export interface LoudnessMeter {
  /** Takes the next samples, planar, all channels of equal length. */
  push(channels: readonly Numbers[]): void
  /** Integrated loudness in LUFS; null where nothing is louder than the absolute gate, or under 0.4 s was heard. */
  integratedLufs(): number | null
}

/**
 * Integrated loudness of ITU-R BS.1770-4: K-weighting, 400 ms blocks overlapping by three quarters, gates at
 * −70 LUFS and 10 LU under the mean. Streams; memory is ten numbers a second. All channels weigh 1 (mono, stereo).
 */
export function createLoudnessMeter(rateHz: number, channelCount: number): LoudnessMeter {
  const filters = Array.from({ length: channelCount }, () => kWeighting(rateHz))
  const stepSamples = Math.round((BLOCK_SEC * rateHz) / BLOCKS_PER_STEP)
  const stepPowers: number[] = []
  let sum = 0
  let filled = 0
  return {
    push(channels) {
      const length = channels[0]?.length ?? 0
      for (let index = 0; index < length; index++) {
        for (let channel = 0; channel < channelCount; channel++) sum += filters[channel](channels[channel][index]) ** 2
        if (++filled < stepSamples) continue
        stepPowers.push(sum / stepSamples)
        sum = 0
        filled = 0
      }
    },
    integratedLufs: () => gatedLoudness(stepPowers),
  }
}

/** Integrated loudness of a whole signal, planar channels, in LUFS; null when silent or too short. */
export function integratedLoudness(channels: readonly Numbers[], rateHz: number): number | null {
  const meter = createLoudnessMeter(rateHz, channels.length)
  meter.push(channels)
  return meter.integratedLufs()
}

function gatedLoudness(stepPowers: readonly number[]): number | null {
  const blocks: number[] = []
  for (let first = 0; first + BLOCKS_PER_STEP <= stepPowers.length; first++)
    blocks.push(mean(stepPowers.slice(first, first + BLOCKS_PER_STEP)))
  const audible = blocks.filter((power) => toLufs(power) > ABSOLUTE_GATE_LUFS)
  if (audible.length === 0) return null
  const gate = toLufs(mean(audible)) + RELATIVE_GATE_LU
  return toLufs(mean(audible.filter((power) => toLufs(power) > gate)))
}

const toLufs = (power: number) => OFFSET_LUFS + 10 * Math.log10(power)
const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length

/** The two filters of K-weighting at any rate, from their analog parameters (De Man 2014). */
function kWeighting(rateHz: number): (x: number) => number {
  const shelf = highShelf(rateHz, 1681.974450955533, 3.999843853973347, 0.7071752369554196)
  const highPass = secondOrderHighPass(rateHz, 38.13547087602444, 0.5003270373238773)
  return (x) => highPass(shelf(x))
}

function highShelf(rateHz: number, centerHz: number, gainDb: number, quality: number): (x: number) => number {
  const k = Math.tan((Math.PI * centerHz) / rateHz)
  const high = 10 ** (gainDb / 20)
  const middle = high ** 0.4996667741545416
  const a0 = 1 + k / quality + k * k
  return biquad(
    (high + (middle * k) / quality + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (middle * k) / quality + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / quality + k * k) / a0,
  )
}

function secondOrderHighPass(rateHz: number, cutoffHz: number, quality: number): (x: number) => number {
  const k = Math.tan((Math.PI * cutoffHz) / rateHz)
  const a0 = 1 + k / quality + k * k
  return biquad(1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0)
}

function biquad(b0: number, b1: number, b2: number, a1: number, a2: number): (x: number) => number {
  let state1 = 0
  let state2 = 0
  return (x) => {
    const y = b0 * x + state1
    state1 = b1 * x - a1 * y + state2
    state2 = b2 * x - a2 * y
    return y
  }
}
