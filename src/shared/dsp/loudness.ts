import { createKWeighting } from './k-weighting.ts'
import type { Numbers } from './numbers.ts'

/** Loudness is read ten times a second: momentary over 0.4 s, short-term over 3 s (EBU Tech 3341 §2.2). */
const STEPS_PER_SEC = 10
const MOMENTARY_STEPS = 4
const SHORT_TERM_STEPS = 30
/** Gates of the integrated measurement (ITU-R BS.1770-4 §3); its blocks are the momentary ones. */
const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = -10
const OFFSET_LUFS = -0.691

export interface LoudnessMeter {
  /** Takes the next samples, planar, all channels of equal length. */
  push(channels: readonly Numbers[]): void
  /** Integrated loudness in LUFS; null where nothing is louder than the absolute gate, or under 0.4 s was heard. */
  integratedLufs(): number | null
  /** Of the last 0.4 s, to a tenth of a second; null where less was heard, −Infinity of digital silence. */
  momentaryLufs(): number | null
  /** Of the last 3 s. */
  shortTermLufs(): number | null
  /** The greatest of either that was ever read. */
  maxMomentaryLufs(): number | null
  maxShortTermLufs(): number | null
}

/**
 * Loudness by ITU-R BS.1770-4: K-weighting, integrated over 400 ms blocks that overlap by three quarters, gated at
 * −70 LUFS and 10 LU under the mean; momentary and short-term by EBU Tech 3341. Streams; memory is ten numbers a
 * second. Rates from 8 kHz on. All channels weigh 1 (mono, stereo).
 */
export function createLoudnessMeter(rateHz: number, channelCount: number): LoudnessMeter {
  const filters = Array.from({ length: channelCount }, () => createKWeighting(rateHz))
  const stepSamples = Math.round(rateHz / STEPS_PER_SEC)
  const squares = new Float64Array(stepSamples)
  const stepPowers: number[] = []
  let sum = 0
  let filled = 0
  return {
    push(channels) {
      const length = channels[0]?.length ?? 0
      for (let start = 0; start < length;) {
        const count = Math.min(stepSamples - filled, length - start)
        for (let channel = 0; channel < channelCount; channel++) {
          filters[channel](channels[channel].subarray(start, start + count), squares)
          for (let index = 0; index < count; index++) sum += squares[index]
        }
        start += count
        filled += count
        if (filled < stepSamples) continue
        stepPowers.push(sum / stepSamples)
        sum = 0
        filled = 0
      }
    },
    integratedLufs: () => gatedLoudness(stepPowers),
    momentaryLufs: () => slidingLufs(stepPowers, MOMENTARY_STEPS).at(-1) ?? null,
    shortTermLufs: () => slidingLufs(stepPowers, SHORT_TERM_STEPS).at(-1) ?? null,
    maxMomentaryLufs: () => greatest(slidingLufs(stepPowers, MOMENTARY_STEPS)),
    maxShortTermLufs: () => greatest(slidingLufs(stepPowers, SHORT_TERM_STEPS)),
  }
}

/** Integrated loudness of a whole signal, planar channels, in LUFS; null when silent or too short. */
export function integratedLoudness(channels: readonly Numbers[], rateHz: number): number | null {
  const meter = createLoudnessMeter(rateHz, channels.length)
  meter.push(channels)
  return meter.integratedLufs()
}

function gatedLoudness(stepPowers: readonly number[]): number | null {
  const blocks = slidingPowers(stepPowers, MOMENTARY_STEPS)
  const audible = blocks.filter((power) => toLufs(power) > ABSOLUTE_GATE_LUFS)
  if (audible.length === 0) return null
  const gate = toLufs(mean(audible)) + RELATIVE_GATE_LU
  return toLufs(mean(audible.filter((power) => toLufs(power) > gate)))
}

/** Mean power of every stretch of `count` steps. */
const slidingPowers = (stepPowers: readonly number[], count: number): number[] =>
  Array.from({ length: Math.max(0, stepPowers.length - count + 1) }, (_, first) =>
    mean(stepPowers.slice(first, first + count)),
  )

const slidingLufs = (stepPowers: readonly number[], count: number): number[] =>
  slidingPowers(stepPowers, count).map(toLufs)

const greatest = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((highest, value) => Math.max(highest, value))

const toLufs = (power: number) => OFFSET_LUFS + 10 * Math.log10(power)
const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length
