import type { KernelMemory } from './kernel-memory.ts'
import type { AllocatingExports } from './instance.ts'
import { putPadded } from './padded-signal.ts'
import { putStretch } from './signal-stretch.ts'

/** Channels of ascending centers whose filters are applied by transforms of one size. */
export interface BandGroup {
  readonly size: number
  /** How many samples the longest filter of the group reaches to either side. */
  readonly reach: number
  readonly centersHz: Float64Array
  /** The filters' real spectra, scaled by 1 / size: a row of size / 2 + 1 gains a channel. */
  readonly gains: Float64Array
}

/** What all of Harvest's search agrees on; stated in `world/harvest/rules.ts`. */
export interface HarvestRules {
  readonly framesPerSec: number
  readonly acceptedDeviation: number
  readonly shortestRun: number
  readonly neighborFrames: number
  readonly lowestScore: number
  readonly roundingBias: number
  readonly safeguard: number
}

/** A signal, ready for Harvest's search for pitch candidates. */
export interface HarvestSearch {
  /** At `rateHz`, its mean removed. */
  readonly signal: Float64Array
  readonly rateHz: number
  /** Frames of the whole signal, one a millisecond. */
  readonly frames: number
  readonly groups: readonly BandGroup[]
  /** Most raw candidates that a frame can have. */
  readonly slots: number
  readonly f0FloorHz: number
  readonly f0CeilHz: number
  /** Harmonics above this are not asked. */
  readonly highestHarmonicHz: number
  readonly rules: HarvestRules
}

/** Frames that are searched by themselves, and what that takes; samples of `HarvestSearch.signal`. */
export interface HarvestSpan {
  /** Candidates are wanted for firstFrame … endFrame - 1; raw ones are needed a few frames farther. */
  readonly firstFrame: number
  readonly endFrame: number
  readonly rawFirstFrame: number
  readonly rawEndFrame: number
  /** Samples that are filtered: startSample … endSample - 1. */
  readonly startSample: number
  readonly endSample: number
}

/** Candidates of frame firstFrame + i are the entries offsets[i] … offsets[i + 1] - 1. */
export interface SpanCandidates {
  readonly offsets: Int32Array
  readonly f0: Float64Array
  readonly scores: Float64Array
}

export interface HarvestExports extends AllocatingExports {
  setHarvest(
    acceptedDeviation: number,
    shortestRun: number,
    framesPerSec: number,
    neighborFrames: number,
    lowestScore: number,
    roundingBias: number,
    safeguard: number,
  ): void
  startSpan(
    fs: number,
    spacing: number,
    f0FloorHz: number,
    f0CeilHz: number,
    slots: number,
    padded: number,
    mostReach: number,
    origin: number,
    length: number,
    firstFrame: number,
    frames: number,
  ): void
  searchChannels(size: number, reach: number, channels: number, centersHz: number, gains: number): void
  refineSpan(signal: number, firstFrame: number, endFrame: number, highestHarmonicHz: number): number
  refinedOffsets(): number
  refinedF0(): number
  refinedScores(): number
}

/** Harvest's search of one span, in the kernel `pitch`. */
export function createHarvestKernel(kernel: HarvestExports, memory: KernelMemory) {
  const knownGains: Float64Array[] = []

  /** Gains are copied once: the same array stays where it is. */
  function putGains(index: number, gains: Float64Array): number {
    if (knownGains[index] === gains) return memory.room(`gains ${index}`, gains.byteLength)
    knownGains[index] = gains
    return memory.put(`gains ${index}`, gains)
  }

  /** The samples that the windows of the frames read, the first and the last held. */
  function putWindows(search: HarvestSearch, span: HarvestSpan): number {
    const spacing = search.rateHz / search.rules.framesPerSec
    const half = Math.floor((1.5 * search.rateHz) / search.f0FloorHz + 1) + 2
    const first = Math.floor(span.firstFrame * spacing) - half
    return putStretch(memory, search.signal, first, Math.ceil(span.endFrame * spacing) + half)
  }

  return (search: HarvestSearch, span: HarvestSpan): SpanCandidates => {
    const { rules, groups } = search
    const mostReach = Math.max(...groups.map(({ reach }) => reach))
    const length = span.endSample - span.startSample
    // The output comes one sample early: see `world/crossings.ts`.
    const padded = putPadded(memory, search.signal, { start: span.startSample + 1, length }, mostReach, groups)
    const signalAt = putWindows(search, span)
    kernel.setHarvest(
      rules.acceptedDeviation,
      rules.shortestRun,
      rules.framesPerSec,
      rules.neighborFrames,
      rules.lowestScore,
      rules.roundingBias,
      rules.safeguard,
    )
    kernel.startSpan(
      search.rateHz,
      search.rateHz / rules.framesPerSec,
      search.f0FloorHz,
      search.f0CeilHz,
      search.slots,
      padded,
      mostReach,
      span.startSample,
      length,
      span.rawFirstFrame,
      span.rawEndFrame - span.rawFirstFrame,
    )
    groups.forEach(({ size, reach, centersHz, gains }, index) => {
      const gainsAt = putGains(index, gains)
      kernel.searchChannels(size, reach, centersHz.length, memory.put('centers', centersHz), gainsAt)
    })
    const count = kernel.refineSpan(signalAt, span.firstFrame, span.endFrame, search.highestHarmonicHz)
    return {
      offsets: memory.i32(kernel.refinedOffsets(), span.endFrame - span.firstFrame + 1).slice(),
      f0: memory.f64(kernel.refinedF0(), count).slice(),
      scores: memory.f64(kernel.refinedScores(), count).slice(),
    }
  }
}
