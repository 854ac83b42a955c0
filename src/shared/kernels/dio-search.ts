import type { AllocatingExports } from './instance.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { putPadded } from './padded-signal.ts'

/** Low-pass filters, all applied by transforms of one size. */
export interface DioBands {
  readonly size: number
  /** How many samples the longest filter reaches to either side. */
  readonly reach: number
  /** Upper edge of each band. */
  readonly boundariesHz: Float64Array
  /** The filters' spectra: a row of size / 2 + 1 bins a band. */
  readonly gainsRe: Float64Array
  readonly gainsIm: Float64Array
}

/** A signal, ready for DIO's search. */
export interface DioSearch {
  /** At `rateHz`, its mean removed. */
  readonly signal: Float64Array
  readonly rateHz: number
  readonly frames: number
  readonly spacingSamples: number
  readonly bands: DioBands
  readonly f0FloorHz: number
  readonly f0CeilHz: number
  /** Score of a band that knows nothing. */
  readonly unknownScore: number
  readonly safeguard: number
}

/** Frames that are searched by themselves, and the samples that are filtered for them. */
export interface DioSpan {
  readonly firstFrame: number
  readonly endFrame: number
  readonly startSample: number
  readonly endSample: number
}

/** What every band found: a frequency (0 for none) and how much its four event series disagree; a row a band. */
export interface DioCandidates {
  readonly f0: Float64Array
  readonly scores: Float64Array
}

export interface DioExports extends AllocatingExports {
  searchDioSpan(
    fs: number,
    spacing: number,
    f0FloorHz: number,
    f0CeilHz: number,
    unknownScore: number,
    safeguard: number,
    size: number,
    reach: number,
    bands: number,
    boundariesHz: number,
    gainsRe: number,
    gainsIm: number,
    padded: number,
    origin: number,
    length: number,
    firstFrame: number,
    frames: number,
    f0: number,
    scores: number,
  ): void
}

/** DIO's search of one span, in the kernel `pitch`. */
export function createDioKernel(kernel: DioExports, memory: KernelMemory) {
  return (search: DioSearch, span: DioSpan): DioCandidates => {
    const { bands } = search
    const frames = span.endFrame - span.firstFrame
    const count = bands.boundariesHz.length * frames
    const boundariesAt = memory.put('dio boundaries', bands.boundariesHz)
    const gainsReAt = memory.put('dio gains re', bands.gainsRe)
    const gainsImAt = memory.put('dio gains im', bands.gainsIm)
    const length = span.endSample - span.startSample
    const paddedAt = putPadded(memory, search.signal, { start: span.startSample, length }, bands.reach, [bands])
    const f0At = memory.room('dio f0', 8 * count)
    const scoresAt = memory.room('dio scores', 8 * count)
    kernel.searchDioSpan(
      search.rateHz,
      search.spacingSamples,
      search.f0FloorHz,
      search.f0CeilHz,
      search.unknownScore,
      search.safeguard,
      bands.size,
      bands.reach,
      bands.boundariesHz.length,
      boundariesAt,
      gainsReAt,
      gainsImAt,
      paddedAt,
      span.startSample,
      length,
      span.firstFrame,
      frames,
      f0At,
      scoresAt,
    )
    return { f0: memory.f64(f0At, count).slice(), scores: memory.f64(scoresAt, count).slice() }
  }
}
