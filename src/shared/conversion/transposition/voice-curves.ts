import type { Numbers } from '../../dsp/numbers.ts'
import { firstSampleOf, type CurveKind, type SampleGrid, type TranspositionSteps } from '../../kernels/transposition.ts'
import { throughUnvoiced } from '../auxiliary.ts'
import { FRAME_PERIOD_SEC } from '../features.ts'

/** Pitch and voicing of 5 ms frames brought to samples; sample 0 stands at frame 0. */
export interface VoiceCurves {
  /** f0 in Hz per sample, log-linear across unvoiced gaps. */
  readonly f0Hz: Float64Array
  /** Length of a period in samples, f0 linear across gaps: for the comb that splits harmonics from noise. */
  readonly periodSamples: Float64Array
  /** 0…1, voicing averaged over three frames. */
  readonly voicing: Float64Array
  /** 0…1, voicing averaged over five frames and drawn in, for the harmonic part. */
  readonly harmonicShare: Float64Array
}

/** Pitch per 5 ms frame without gaps: linear in ln Hz, and linear in Hz. */
export interface GaplessPitch {
  readonly logarithmic: Numbers
  readonly linear: Numbers
}

/** At least one frame of `f0` (Hz, 0 unvoiced) must be voiced. */
export const bridgeGaps = (f0: Numbers): GaplessPitch => ({
  logarithmic: throughUnvoiced(f0, Math.log),
  linear: throughUnvoiced(f0, (hz) => hz),
})

/** The frames from `first` up to `last` of what `bridgeGaps` gives of the whole, bit for bit, without holding the whole. */
export function bridgeGapsWithin(f0: Numbers, first: number, last: number): GaplessPitch {
  let from = first
  while (from > 0 && !(f0[from] > 0)) from--
  let to = last
  while (to < f0.length && !(f0[to - 1] > 0)) to++
  const { logarithmic, linear } = bridgeGaps(f0.subarray(from, to))
  return {
    logarithmic: logarithmic.subarray(first - from, last - from),
    linear: linear.subarray(first - from, last - from),
  }
}

/**
 * `gapless` may come from a longer stretch than `f0` (Hz, 0 unvoiced), so that a window's gaps are bridged as the
 * file's; `firstFrame` is then where the window begins, so that its samples get the bits that the file's get.
 */
export function voiceCurves(
  f0: Numbers,
  rateHz: number,
  sampleCount: number,
  gapless: GaplessPitch = bridgeGaps(f0),
  firstFrame = 0,
  spread: TranspositionSteps['toSamples'] = toSamples,
): VoiceCurves {
  const grid = { rateHz, sampleCount, firstFrame, framePeriodSec: FRAME_PERIOD_SEC }
  const periodSamples = spread(Float64Array.from(gapless.linear), grid, 'linear')
  for (let index = 0; index < sampleCount; index++) periodSamples[index] = rateHz / periodSamples[index]
  return {
    f0Hz: spread(Float64Array.from(gapless.logarithmic), grid, 'exponential'),
    periodSamples,
    voicing: spread(voicedShare(f0, 3), grid, 'linear'),
    harmonicShare: spread(voicedShare(f0, 5), grid, 'share'),
  }
}

/**
 * Values per 5 ms frame, linearly interpolated to samples, the last one held; sample 0 stands at `firstFrame`. Written
 * as slope times distance in seconds from the file's start, as the reference does: thresholds on the result fall on
 * exact ties at common rates, and must fall alike in a window and in the whole.
 */
export function toSamples(frames: Float64Array, grid: SampleGrid, kind: CurveKind): Float64Array {
  const { rateHz, sampleCount, firstFrame, framePeriodSec } = grid
  const samples = new Float64Array(sampleCount)
  const firstSample = firstSampleOf(firstFrame, framePeriodSec, rateHz)
  const last = frames.length - 1
  const startOf = (frame: number): number => (firstFrame + frame) * framePeriodSec
  let index = 0
  for (let left = 0; left < last; left++) {
    const [start, end] = [startOf(left), startOf(left + 1)]
    const slope = (frames[left + 1] - frames[left]) / (end - start)
    for (; index < sampleCount; index++) {
      const seconds = (firstSample + index) / rateHz
      if (end <= seconds) break
      samples[index] = slope * (seconds - start) + frames[left]
    }
  }
  samples.fill(frames[last], index)
  if (kind === 'exponential') return samples.map(Math.exp)
  return kind === 'share' ? samples.map((value) => Math.min(Math.max(value * 2 - 1, 0), 1)) : samples
}

/** Share of voiced frames among `width` around each, unvoiced beyond the ends. */
function voicedShare(f0: Numbers, width: number): Float64Array {
  const half = (width - 1) / 2
  return Float64Array.from(f0, (_, frame) => {
    let share = 0
    for (let at = Math.max(0, frame - half); at <= Math.min(f0.length - 1, frame + half); at++)
      if (f0[at] > 0) share += 1 / width
    return share
  })
}
