import { butterworthLowPass } from '../../dsp/butterworth.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { firstSampleOf, type GrainPlan, type TranspositionSteps } from '../../kernels/transposition.ts'
import { countVoiced } from '../auxiliary.ts'
import { FRAME_PERIOD_SEC, FRAMES_PER_SEC } from '../features.ts'
import { integerCrossings } from './marks.ts'
import { medianVoicedHz, trackPhase, type PhaseMemory } from './phase.ts'
import { plainSteps } from './steps.ts'
import { tonelessNoise } from './toneless-noise.ts'
import { shapeUneven, type Unevenness } from './unevenness.ts'
import { voiceCurves, type GaplessPitch, type VoiceCurves } from './voice-curves.ts'

/** After this a filter of 60 Hz has forgotten that it began. */
const SETTLING_SEC = 0.05
/** Silence put around the harmonic part, so that grains at the ends may reach beyond it: longer than any period. */
const PADDING_SEC = 0.06
/**
 * A target that stands in the middle between two source marks takes both grains, and so does one that is off the
 * middle by less than this share of their distance, in proportion: the sound is continuous in the marks, and a
 * rounding error can't exchange a grain. So narrow that one grain in five thousand is mixed.
 */
const MIDDLE_SHARE = 1e-4
/** The same, where every target takes both grains, each by its nearness. */
const EVERYWHERE_SHARE = 0.5
const MASK_SMOOTHING_HZ = 60
const VOICED = 0.5
const LEVEL_SMOOTHING_HZ = 25
const LEVEL_FLOOR = 1e-9
const LEAST_LEVEL_GAIN = 0.4
const GREATEST_LEVEL_GAIN = 2.5
/** Under this ratio grains are not made louder for being fewer. */
const LEAST_DENSITY = 0.1

export type GrainChoice = 'nearest' | 'between'

export interface Transposition {
  readonly rateHz: number
  /** Hz per 5 ms frame, 0 unvoiced; frame 0 stands at sample 0. */
  readonly f0: Numbers
  /** Factor of pitch: one for all, or one per 5 ms frame. */
  readonly ratio: number | Numbers
  /** 1 per 5 ms frame where the voice is made anew, 0 where it stays the original; everywhere made anew when left out. */
  readonly moved?: Uint8Array
  /** The file's pitch through its gaps, where these samples are only a part of it. */
  readonly gapless?: GaplessPitch
  /** Where in the file these samples begin, in 5 ms frames. */
  readonly firstFrame?: number
  /** Median of the file's voiced pitch, where these samples are only a part of it. */
  readonly medianHz?: number
  /**
   * `between`: every target takes the source grains on both its sides, each by its nearness. A voice that is moved far up
   * needs more grains than it has, and the nearest twice in a row is heard as a tone below it. `nearest` when left out.
   */
  readonly grains?: GrainChoice
  /** What the window before handed over, so that this one goes on as if both were one. */
  readonly resume?: VoiceMemory
  /** Sample at which the next window takes over; only what comes later is up to it. */
  readonly handOverSamples?: number
  /** True: the noise part, which is added unmoved, gets rid of what is heard of the pitch in it. False when left out. */
  readonly isNoiseToneless?: boolean
  /** What is done to what is uneven in the moved voice; it stays as it is when left out. */
  readonly unevenness?: Unevenness
  /** Changes the noise part. */
  readonly shapeNoise?: (noise: Float64Array) => Float64Array
}

/** All that the sound before a sample decides about the sound after it. */
export interface VoiceMemory {
  /** That sample, in the window that takes over. */
  readonly positionSamples: number
  readonly phase: PhaseMemory
  /** How far the phase has already been above where it stands, in periods. */
  readonly lead: number
  /** Phase of the new voice, in periods, `SETTLING_SEC` later; only its fraction matters. */
  readonly target: number
}

export interface TransposedSound {
  readonly channels: Float64Array[]
  /** At `handOverSamples` of this window; null where nothing was asked for, or nothing is voiced. */
  readonly memory: VoiceMemory | null
}

/**
 * Moves the pitch of a voice and keeps its envelope, timing and level: pitch-synchronous overlap-add of the harmonic
 * part (Moulines and Charpentier 1990) at marks from the fundamental's phase; noise and unvoiced sound stay as they
 * are. Channels are analyzed together, on their mean, and moved alike. Same length out, no delay.
 * Unvoiced input comes back as it is.
 *
 * A file may be taken in windows: each resumes what the one before handed over at a sample that lies well inside of
 * both, and gives the file's samples from a while after that on.
 */
export function transpose(
  channels: readonly Float64Array[],
  transposition: Transposition,
  steps: TranspositionSteps = plainSteps,
): TransposedSound {
  const { rateHz, f0, gapless, firstFrame, ratio, resume } = transposition
  const sampleCount = channels[0].length
  const isVoiced = gapless !== undefined || countVoiced(f0) > 0
  if (!isVoiced || sampleCount < 4) return { channels: channels.map((x) => x.slice()), memory: null }
  const curves = voiceCurves(f0, rateHz, sampleCount, gapless, firstFrame, steps.toSamples)
  const from = resume?.positionSamples ?? 0
  const handOver = transposition.handOverSamples ?? sampleCount - 1
  const span = { from, memory: resume?.phase ?? null, handOver }
  const medianHz = transposition.medianHz ?? medianVoicedHz(curves)
  const { theta, frequency, memory } = trackPhase(meanOf(channels), rateHz, curves, medianHz, span, steps)
  const ratios =
    typeof ratio === 'number'
      ? new Float64Array(sampleCount).fill(ratio)
      : steps.toSamples(
          Float64Array.from(ratio),
          { rateHz, sampleCount, firstFrame: firstFrame ?? 0, framePeriodSec: FRAME_PERIOD_SEC },
          'linear',
        )
  const target = targetPhase(frequency, ratios, curves, rateHz, from, resume?.target)
  const restarts = edgesOf(curves.voicing.subarray(from))
  const shifted = (marks: Float64Array) => marks.map((mark) => mark + from)
  const plan: GrainPlan = {
    sourceMarks: shifted(integerCrossings(theta, restarts, resume?.lead)),
    targetMarks: shifted(integerCrossings(target)),
    frequency: from === 0 ? frequency : atEnd(frequency, sampleCount),
    voicing: curves.voicing,
    paddingSamples: Math.trunc(rateHz * PADDING_SEC),
    middleShare: transposition.grains === 'between' ? EVERYWHERE_SHARE : MIDDLE_SHARE,
  }
  const mask = voicingMask(curves.voicing, transposition, steps)
  const at = handOver - from
  const settled = Math.min(at + Math.round(SETTLING_SEC * rateHz), target.length - 1)
  return {
    channels: channels.map((x) => moveChannel(x, transposition, { curves, plan, ratios, mask, steps })),
    memory: {
      positionSamples: handOver,
      phase: memory,
      lead: leadAt(theta, restarts, at, resume?.lead),
      target: target[settled],
    },
  }
}

const atEnd = (values: Float64Array, length: number): Float64Array => {
  const result = new Float64Array(length)
  result.set(values, length - values.length)
  return result
}

/** Where voicing begins and ends. */
function edgesOf(voicing: Float64Array): number[] {
  const edges: number[] = []
  for (let index = 1; index < voicing.length; index++)
    if (voicing[index] > 0 !== voicing[index - 1] > 0) edges.push(index)
  return edges
}

/** How far the running maximum that `integerCrossings` follows stands above the phase at an index. */
function leadAt(theta: Float64Array, restarts: readonly number[], index: number, lead = 0): number {
  const start = restarts.findLast((restart) => restart <= index)
  let highest = start === undefined ? theta[0] + lead : theta[start]
  for (let at = start ?? 0; at <= index; at++) highest = Math.max(highest, theta[at])
  return highest - theta[index]
}

interface Move {
  readonly curves: VoiceCurves
  readonly plan: GrainPlan
  readonly ratios: Float64Array
  readonly mask: Float64Array
  readonly steps: TranspositionSteps
}

function moveChannel(
  x: Float64Array,
  { rateHz, unevenness, shapeNoise, firstFrame = 0, isNoiseToneless = false }: Transposition,
  { curves, plan, ratios, mask, steps }: Move,
): Float64Array {
  const parts = steps.split(x, curves.periodSamples, curves.harmonicShare)
  const firstSample = firstSampleOf(firstFrame, FRAME_PERIOD_SEC, rateHz)
  const noise = isNoiseToneless ? tonelessNoise(parts, { rateHz, firstSample }, steps) : parts.noise
  const moved = steps.overlapAdd(parts.harmonic, plan)
  const [smoothing] = butterworthLowPass(1, LEVEL_SMOOTHING_HZ, rateHz)
  return steps.join({
    x,
    moved: unevenness ? shapeUneven(moved, unevenness, { rateHz, firstFrame }, steps) : moved,
    noise: shapeNoise ? shapeNoise(noise) : noise,
    ratios,
    mask,
    leastDensity: LEAST_DENSITY,
    smoothing,
    levelFloor: LEVEL_FLOOR,
    leastGain: LEAST_LEVEL_GAIN,
    greatestGain: GREATEST_LEVEL_GAIN,
  })
}

/**
 * The new voice's phase: the voice's own frequency times the ratio, summed. Far inside of gaps the tracked pitch is
 * summed, which knows nothing of what was sung before. `frequency` and the result begin at `from`; with a memory the
 * first `settling` samples are left at the value handed over.
 */
function targetPhase(
  frequency: Float64Array,
  ratios: Float64Array,
  { f0Hz, voicing }: VoiceCurves,
  rateHz: number,
  from: number,
  start?: number,
): Float64Array {
  const phase = new Float64Array(frequency.length)
  const settling = Math.round(SETTLING_SEC * rateHz)
  const isDeepInGap = farFromVoice(voicing, settling)
  const first = start === undefined ? 0 : settling + 1
  let periods = start === undefined ? 0 : start - Math.floor(start)
  phase.fill(periods, 0, Math.min(first, phase.length))
  for (let index = first; index < phase.length; index++) {
    const at = from + index
    periods += (isDeepInGap[at] ? f0Hz[at] / rateHz : frequency[index]) * ratios[at]
    phase[index] = periods
  }
  return phase
}

/** 1 where nothing is voiced within a distance; the start of the sound counts as voiced. */
function farFromVoice(voicing: Float64Array, distance: number): Uint8Array {
  const isFar = new Uint8Array(voicing.length)
  let since = 0
  for (let index = 0; index < voicing.length; index++) {
    since = voicing[index] > 0 ? 0 : since + 1
    isFar[index] = Number(since > distance)
  }
  let until = Infinity
  for (let index = voicing.length - 1; index >= 0; index--) {
    until = voicing[index] > 0 ? 0 : until + 1
    if (until <= distance) isFar[index] = 0
  }
  return isFar
}

function voicingMask(voicing: Float64Array, { rateHz, moved }: Transposition, steps: TranspositionSteps): Float64Array {
  const voiced = new Float64Array(voicing.length)
  for (let index = 0; index < voiced.length; index++) voiced[index] = voicing[index] > VOICED ? 1 : 0
  if (moved) leaveUnmoved(voiced, moved, rateHz)
  const mask = steps.zeroPhase(butterworthLowPass(1, MASK_SMOOTHING_HZ, rateHz), voiced)
  for (let index = 0; index < mask.length; index++) mask[index] = Math.min(Math.max(mask[index], 0), 1)
  return mask
}

function leaveUnmoved(voiced: Float64Array, moved: Uint8Array, rateHz: number): void {
  for (let index = 0; index < voiced.length; index++)
    voiced[index] *= moved[Math.min(Math.round((index * FRAMES_PER_SEC) / rateHz), moved.length - 1)]
}

function meanOf(channels: readonly Float64Array[]): Float64Array {
  if (channels.length === 1) return channels[0]
  return channels[0].map((_, index) => channels.reduce((sum, x) => sum + x[index], 0) / channels.length)
}
