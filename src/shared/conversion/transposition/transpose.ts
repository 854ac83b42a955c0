import { butterworthLowPass, type Section } from '../../dsp/butterworth.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { zeroPhase } from '../../dsp/zero-phase.ts'
import { countVoiced } from '../auxiliary.ts'
import { splitHarmonicNoise } from './harmonic-noise.ts'
import { integerCrossings } from './marks.ts'
import { overlapAdd, type GrainPlan } from './overlap-add.ts'
import { trackPhase } from './phase.ts'
import { toSamples, voiceCurves, type GaplessPitch, type VoiceCurves } from './voice-curves.ts'

const MASK_SMOOTHING_HZ = 60
const VOICED = 0.5
const LEVEL_SMOOTHING_HZ = 25
const LEVEL_FLOOR = 1e-9
const LEAST_LEVEL_GAIN = 0.4
const GREATEST_LEVEL_GAIN = 2.5
/** Under this ratio grains are not made louder for being fewer. */
const LEAST_DENSITY = 0.1

export interface Transposition {
  readonly rateHz: number
  /** Hz per 5 ms frame, 0 unvoiced; frame 0 stands at sample 0. */
  readonly f0: Numbers
  /** Factor of pitch: one for all, or one per 5 ms frame. */
  readonly ratio: number | Numbers
  /** The file's pitch through its gaps, where these samples are only a part of it. */
  readonly gapless?: GaplessPitch
  /** Median of the file's voiced pitch, where these samples are only a part of it. */
  readonly medianHz?: number
  /** Phase of the new voice at a sample, so that a window goes on where the one before it ended. */
  readonly anchor?: PhaseAnchor
  /** Changes the noise part, which is added unmoved. */
  readonly shapeNoise?: (noise: Float64Array) => Float64Array
}

export interface PhaseAnchor {
  readonly positionSamples: number
  /** In periods; only its fraction matters. */
  readonly phase: number
}

export interface TransposedSound {
  readonly channels: Float64Array[]
  /** Phase of the new voice per sample, in periods; null where nothing is voiced. */
  readonly phase: Float64Array | null
}

/**
 * Moves the pitch of a voice and keeps its envelope, timing and level: pitch-synchronous overlap-add of the harmonic
 * part (Moulines and Charpentier 1990) at marks from the fundamental's phase; noise and unvoiced sound stay as they
 * are. Channels are analyzed together, on their mean, and moved alike. Same length out, no delay.
 * Unvoiced input comes back as it is.
 */
export function transpose(channels: readonly Float64Array[], transposition: Transposition): TransposedSound {
  const { rateHz, f0, gapless, ratio, medianHz, anchor } = transposition
  const sampleCount = channels[0].length
  if (countVoiced(f0) === 0 || sampleCount < 4) return { channels: channels.map((x) => x.slice()), phase: null }
  const curves = voiceCurves(f0, rateHz, sampleCount, gapless)
  const { theta, frequency } = trackPhase(meanOf(channels), rateHz, curves, medianHz)
  const ratios =
    typeof ratio === 'number' ? new Float64Array(sampleCount).fill(ratio) : toSamples(ratio, rateHz, sampleCount)
  const phase = targetPhase(frequency, ratios, anchor)
  const plan: GrainPlan = {
    sourceMarks: integerCrossings(theta),
    targetMarks: integerCrossings(phase),
    frequency,
    voicing: curves.voicing,
  }
  const mask = voicingMask(curves.voicing, rateHz)
  return { channels: channels.map((x) => moveChannel(x, transposition, curves, plan, ratios, mask)), phase }
}

function moveChannel(
  x: Float64Array,
  { rateHz, shapeNoise }: Transposition,
  curves: VoiceCurves,
  plan: GrainPlan,
  ratios: Float64Array,
  mask: Float64Array,
): Float64Array {
  const { harmonic, noise } = splitHarmonicNoise(x, curves)
  const shaped = shapeNoise ? shapeNoise(noise) : noise
  const moved = overlapAdd(harmonic, rateHz, plan)
  for (let index = 0; index < x.length; index++) {
    const density = Math.sqrt(Math.max(ratios[index], LEAST_DENSITY))
    moved[index] = (moved[index] / density + shaped[index]) * mask[index] + x[index] * (1 - mask[index])
  }
  matchLevel(moved, x, rateHz)
  return moved
}

function targetPhase(frequency: Float64Array, ratios: Float64Array, anchor?: PhaseAnchor): Float64Array {
  const phase = new Float64Array(frequency.length)
  let periods = 0
  for (let index = 0; index < phase.length; index++) {
    periods += frequency[index] * ratios[index]
    phase[index] = periods
  }
  if (!anchor) return phase
  const shift = anchor.phase - phase[anchor.positionSamples]
  const smallest = shift - Math.floor(shift)
  return phase.map((value) => value + smallest)
}

function voicingMask(voicing: Float64Array, rateHz: number): Float64Array {
  const voiced = voicing.map((share) => (share > VOICED ? 1 : 0))
  const smooth = zeroPhase(butterworthLowPass(1, MASK_SMOOTHING_HZ, rateHz), voiced)
  return smooth.map((value) => Math.min(Math.max(value, 0), 1))
}

/** Gives `moved`, in place, the loudness contour of `original`. */
function matchLevel(moved: Float64Array, original: Float64Array, rateHz: number): void {
  const smoothing = butterworthLowPass(1, LEVEL_SMOOTHING_HZ, rateHz)
  const wanted = power(original, smoothing)
  const found = power(moved, smoothing)
  for (let index = 0; index < moved.length; index++) {
    const gain = Math.sqrt(wanted[index] / found[index])
    moved[index] *= Math.min(Math.max(gain, LEAST_LEVEL_GAIN), GREATEST_LEVEL_GAIN)
  }
}

function power(x: Float64Array, smoothing: readonly Section[]): Float64Array {
  const smooth = zeroPhase(
    smoothing,
    x.map((value) => value * value),
  )
  return smooth.map((value) => Math.max(value, 0) + LEVEL_FLOOR)
}

function meanOf(channels: readonly Float64Array[]): Float64Array {
  if (channels.length === 1) return channels[0]
  return channels[0].map((_, index) => channels.reduce((sum, x) => sum + x[index], 0) / channels.length)
}
