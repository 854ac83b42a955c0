import type { Section } from '../dsp/butterworth.ts'
import type { FirstOrderMemory } from '../dsp/zero-phase.ts'
import type { AllocatingExports, KernelModule } from './instance.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { createSizedKernel } from './sized-kernel.ts'

/**
 * The steps of pitch-synchronous transposition that take its time. Arrays are f64 of one length, one value a sample.
 * Their plain twins are in `conversion/transposition/steps.ts`.
 */
export interface TranspositionSteps {
  /** Values per frame as values per sample. */
  toSamples(frames: Float64Array, grid: SampleGrid, kind: CurveKind): Float64Array
  /** Filters forward and backward, as `zeroPhase` in the room `dsp`. */
  zeroPhase(sections: readonly Section[], input: Float64Array): Float64Array
  /** Phase of the fundamental in periods, from the sound and the tracked pitch. */
  fundamentalPhase(input: FundamentalInput): Float64Array
  /** The phase turned to where the periods' energy lies. */
  turnToEnergy(input: EnergyTurnInput): EnergyTurn
  /** Slope of a smoothed phase, held within factors of the tracked pitch. */
  localFrequency(input: FrequencyInput): Float64Array
  /** What repeats from period to period, by the comb ¼ x(t − P) + ½ x + ¼ x(t + P), and the rest. */
  split(x: Float64Array, periodSamples: Float64Array, harmonicShare: Float64Array): HarmonicNoise
  /** The nearest source grain at every target mark. */
  overlapAdd(harmonic: Float64Array, plan: GrainPlan): Float64Array
  /** The moved and the unmoved parts as one sound with the original's level. */
  join(input: JoinInput): Float64Array
}

/** Samples that frames are spread over: the first stands at the file's frame `firstFrame`. */
export interface SampleGrid {
  readonly rateHz: number
  readonly sampleCount: number
  readonly firstFrame: number
  readonly framePeriodSec: number
}

/** Linear between frames; `exponential` is e to that, `share` 2 v − 1 held in 0…1. */
export type CurveKind = 'linear' | 'exponential' | 'share'
const CURVE_KINDS: readonly CurveKind[] = ['linear', 'exponential', 'share']

export interface FundamentalInput {
  readonly x: Float64Array
  readonly rateHz: number
  readonly f0Hz: Float64Array
  readonly voicing: Float64Array
  readonly frozenVoicing: number
  readonly band: readonly Section[]
}

export interface EnergyTurnInput {
  readonly fundamental: Float64Array
  readonly band: Float64Array
  readonly voicing: Float64Array
  /** The energy counts where voicing is above this. */
  readonly voiced: number
  readonly smoothing: Section
  readonly memory: { readonly energyRe: FirstOrderMemory; readonly energyIm: FirstOrderMemory } | null
  /** Sample whose memory is given back. */
  readonly handOver: number
}

export interface EnergyTurn {
  readonly theta: Float64Array
  readonly energyRe: FirstOrderMemory
  readonly energyIm: FirstOrderMemory
}

export interface FrequencyInput {
  readonly smooth: Float64Array
  readonly f0Hz: Float64Array
  readonly rateHz: number
  readonly leastRatio: number
  readonly greatestRatio: number
}

/** A voice in two parts that sum to it. */
export interface HarmonicNoise {
  readonly harmonic: Float64Array
  readonly noise: Float64Array
}

/** Where grains are taken, and where they go. */
export interface GrainPlan {
  /** Marks of the source, one a period, in fractional samples, ascending. */
  readonly sourceMarks: Float64Array
  readonly targetMarks: Float64Array
  /** Periods per sample of the source. */
  readonly frequency: Float64Array
  readonly voicing: Float64Array
  /** Silence around the harmonic part that grains may reach into. */
  readonly paddingSamples: number
  /** Off the middle between two marks by less than this share of their distance, a target takes both grains. */
  readonly middleShare: number
}

export interface JoinInput {
  readonly x: Float64Array
  readonly moved: Float64Array
  readonly noise: Float64Array
  readonly ratios: Float64Array
  readonly mask: Float64Array
  readonly leastDensity: number
  readonly smoothing: Section
  readonly levelFloor: number
  readonly leastGain: number
  readonly greatestGain: number
}

interface TranspositionExports extends AllocatingExports {
  toSamples(
    frames: number,
    frameCount: number,
    firstFrame: number,
    framePeriodSec: number,
    fs: number,
    firstSample: number,
    count: number,
    kind: number,
    samples: number,
  ): void
  zeroPhase(sections: number, sectionCount: number, samples: number, count: number, extension: number): void
  fundamentalPhase(
    x: number,
    f0Hz: number,
    voicing: number,
    count: number,
    fs: number,
    frozenVoicing: number,
    sections: number,
    sectionCount: number,
    extension: number,
    pairs: number,
    phase: number,
  ): void
  turnToEnergy(
    fundamental: number,
    band: number,
    voicing: number,
    count: number,
    voiced: number,
    section: number,
    extension: number,
    isResumed: number,
    handOver: number,
    states: number,
    pairs: number,
    theta: number,
  ): void
  localFrequency(
    smooth: number,
    f0Hz: number,
    count: number,
    fs: number,
    leastRatio: number,
    greatestRatio: number,
    frequency: number,
  ): void
  split(x: number, periods: number, shares: number, count: number, harmonic: number, noise: number): void
  overlapAdd(
    padded: number,
    padding: number,
    count: number,
    sourceMarks: number,
    sourceCount: number,
    targetMarks: number,
    targetCount: number,
    frequency: number,
    voicing: number,
    middleShare: number,
    output: number,
  ): void
  join(
    x: number,
    moved: number,
    noise: number,
    ratios: number,
    mask: number,
    count: number,
    leastDensity: number,
    section: number,
    extension: number,
    levelFloor: number,
    leastGain: number,
    greatestGain: number,
    pairs: number,
  ): void
}

/** Beside the samples: what filters reflect at either end, and the second of two lanes. */
const SPARE_SAMPLES = 64

/** The kernel `transposition`. */
export function createTranspositionKernel(module: KernelModule): TranspositionSteps {
  const sized = createSizedKernel<TranspositionExports>(module)
  /** Rooms for all samples of the longest sound so far: `put` and `room` name one, `pairs` holds two a sample. */
  function spaceFor(samples: number) {
    const { kernel, memory, capacity } = sized(samples)
    const room = (name: string): number => memory.room(name, 8 * (capacity + SPARE_SAMPLES))
    const put = (name: string, values: Float64Array): number => {
      room(name)
      return memory.put(name, values)
    }
    const pairs = (): number => memory.room('pairs', 16 * (capacity + SPARE_SAMPLES))
    return { kernel, memory, room, put, pairs }
  }
  return {
    toSamples(frames, { rateHz, sampleCount, firstFrame, framePeriodSec }, kind) {
      const { kernel, memory, room } = spaceFor(sampleCount)
      const framesAt = memory.put('frames', frames)
      const out = room('out')
      kernel.toSamples(
        framesAt,
        frames.length,
        firstFrame,
        framePeriodSec,
        rateHz,
        firstSampleOf(firstFrame, framePeriodSec, rateHz),
        sampleCount,
        CURVE_KINDS.indexOf(kind),
        out,
      )
      return memory.f64(out, sampleCount).slice()
    },
    zeroPhase(sections, input) {
      const count = input.length
      if (count === 0) return new Float64Array(0)
      const { kernel, memory, room } = spaceFor(count)
      const extension = extensionOf(sections, count)
      const at = room('work') + 8 * extension
      memory.f64(at, count).set(input)
      kernel.zeroPhase(putSections(memory, sections), sections.length, at, count, extension)
      return memory.f64(at, count).slice()
    },
    fundamentalPhase({ x, rateHz, f0Hz, voicing, frozenVoicing, band }) {
      const count = x.length
      const { kernel, memory, room, put, pairs } = spaceFor(count)
      const extension = extensionOf(band, count)
      const sectionsAt = putSections(memory, band)
      const [xAt, f0At, voicingAt] = [put('x', x), put('f0', f0Hz), put('voicing', voicing)]
      const pairsAt = pairs()
      const out = room('out')
      kernel.fundamentalPhase(
        xAt,
        f0At,
        voicingAt,
        count,
        rateHz,
        frozenVoicing,
        sectionsAt,
        band.length,
        extension,
        pairsAt,
        out,
      )
      return memory.f64(out, count).slice()
    },
    turnToEnergy({ fundamental, band, voicing, voiced, smoothing, memory: handed, handOver }) {
      const count = fundamental.length
      const { kernel, memory, room, put, pairs } = spaceFor(count)
      const extension = extensionOf([smoothing], count)
      const sectionAt = putSections(memory, [smoothing])
      const fundamentalAt = put('x', fundamental)
      const [bandAt, voicingAt] = [put('f0', band), put('voicing', voicing)]
      const pairsAt = pairs()
      const out = room('out')
      const statesAt = memory.put(
        'states',
        Float64Array.of(handed?.energyRe.state ?? 0, handed?.energyIm.state ?? 0, 0, 0),
      )
      kernel.turnToEnergy(
        fundamentalAt,
        bandAt,
        voicingAt,
        count,
        voiced,
        sectionAt,
        extension,
        Number(handed !== null),
        handOver,
        statesAt,
        pairsAt,
        out,
      )
      const [, , re, im] = memory.f64(statesAt, 4)
      return { theta: memory.f64(out, count).slice(), energyRe: { state: re }, energyIm: { state: im } }
    },
    localFrequency({ smooth, f0Hz, rateHz, leastRatio, greatestRatio }) {
      const count = smooth.length
      const { kernel, memory, room, put } = spaceFor(count)
      const [smoothAt, f0At] = [put('x', smooth), put('f0', f0Hz)]
      const out = room('out')
      kernel.localFrequency(smoothAt, f0At, count, rateHz, leastRatio, greatestRatio, out)
      return memory.f64(out, count).slice()
    },
    split(x, periodSamples, harmonicShare) {
      const count = x.length
      const { kernel, memory, room, put } = spaceFor(count)
      const [xAt, periodsAt] = [put('x', x), put('f0', periodSamples)]
      const sharesAt = put('voicing', harmonicShare)
      const [harmonicAt, noiseAt] = [room('out'), room('work')]
      kernel.split(xAt, periodsAt, sharesAt, count, harmonicAt, noiseAt)
      return { harmonic: memory.f64(harmonicAt, count).slice(), noise: memory.f64(noiseAt, count).slice() }
    },
    overlapAdd(harmonic, plan) {
      const { sourceMarks, targetMarks, frequency, voicing, paddingSamples, middleShare } = plan
      const count = harmonic.length
      if (sourceMarks.length === 0) return new Float64Array(count)
      const { kernel, memory, room, put } = spaceFor(count + 2 * paddingSamples)
      const paddedAt = room('work')
      memory
        .f64(paddedAt, count + 2 * paddingSamples)
        .fill(0)
        .set(harmonic, paddingSamples)
      const [frequencyAt, voicingAt] = [put('f0', frequency), put('voicing', voicing)]
      const [sourceAt, targetAt] = [memory.put('sourceMarks', sourceMarks), memory.put('targetMarks', targetMarks)]
      const out = room('out')
      memory.f64(out, count + 1).fill(0)
      kernel.overlapAdd(
        paddedAt,
        paddingSamples,
        count,
        sourceAt,
        sourceMarks.length,
        targetAt,
        targetMarks.length,
        frequencyAt,
        voicingAt,
        middleShare,
        out,
      )
      return memory.f64(out, count).slice()
    },
    join({ x, moved, noise, ratios, mask, leastDensity, smoothing, levelFloor, leastGain, greatestGain }) {
      const count = x.length
      const { kernel, memory, put, pairs } = spaceFor(count)
      const extension = extensionOf([smoothing], count)
      const sectionAt = putSections(memory, [smoothing])
      const [xAt, movedAt, noiseAt] = [put('x', x), put('out', moved), put('work', noise)]
      const [ratiosAt, maskAt] = [put('f0', ratios), put('voicing', mask)]
      const pairsAt = pairs()
      kernel.join(
        xAt,
        movedAt,
        noiseAt,
        ratiosAt,
        maskAt,
        count,
        leastDensity,
        sectionAt,
        extension,
        levelFloor,
        leastGain,
        greatestGain,
        pairsAt,
      )
      return memory.f64(movedAt, count).slice()
    },
  }
}

/** A window begins on a frame, and a frame on a sample. */
export const firstSampleOf = (firstFrame: number, framePeriodSec: number, rateHz: number): number =>
  Math.round(firstFrame * framePeriodSec * rateHz)

/** As `zeroPhase` extends: three times the taps of the cascade, or all that a short signal has. */
function extensionOf(sections: readonly Section[], count: number): number {
  const firstOrder = sections.filter(({ b2, a2 }) => b2 === 0 && a2 === 0).length
  return Math.min(3 * (2 * sections.length + 1 - firstOrder), count - 1)
}

const putSections = (memory: KernelMemory, sections: readonly Section[]): number =>
  memory.put('sections', Float64Array.from(sections.flatMap(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, a1, a2])))
