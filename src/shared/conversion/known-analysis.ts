import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { SummedRows } from './frame-rows.ts'
import type { AnalysisSpan, Survey } from './windows.ts'

/** Keeps numbers under a key that names everything they follow from, so that they are not found out again. */
export interface KnownNumbers {
  /** Gives `length` numbers in pieces, from the first on; false, having given none, where they are not known. */
  recall(key: string, length: number, take: (values: Float32Array, at: number) => void): boolean
  /** Asks for `length` numbers in pieces, from the first on. What can't be kept is let go. */
  keep(key: string, length: number, give: (values: Float32Array, at: number) => void): void
}

/** What was found out about a source before. */
export interface KnownAnalysis {
  /** Names the source's samples and the analysis: other samples or another analysis have another key. */
  readonly sourceKey: string
  readonly numbers: KnownNumbers
}

/** Rows are handed on in pieces of this many frames. */
const PIECE_FRAMES = 4096

/**
 * The pitch of a span, Hz per 5 ms frame: as it is known, or as `find` finds it.
 * @param moves everything by which the sound differs from the source's; nothing for the source itself
 */
export function knownPitch(
  known: KnownAnalysis | undefined,
  span: AnalysisSpan,
  survey: Survey,
  find: () => Float32Array,
  moves: readonly (Numbers | number | null)[] = [],
): Float32Array {
  if (known === undefined) return find()
  const key = keyOf(known, span, survey, ['pitch', ...moves.map(digestOf)])
  const f0 = new Float32Array(span.frameCount)
  if (known.numbers.recall(key, f0.length, (values, at) => f0.set(values, at))) return f0
  const found = find()
  known.numbers.keep(key, found.length, (values, at) => values.set(found.subarray(at, at + values.length)))
  return found
}

/**
 * Fills empty rows with the ln powers of a span: as they are known, or as `find` adds them.
 * @param moves everything by which the sound differs from the source's
 */
export function fillKnownRows(
  known: KnownAnalysis | undefined,
  span: AnalysisSpan,
  survey: Survey,
  moves: readonly (Numbers | number | null)[],
  rows: SummedRows,
  find: () => void,
): void {
  if (known === undefined) return find()
  const key = keyOf(known, span, survey, ['timbre', ...moves.map(digestOf)])
  const length = span.frameCount * BAND_COUNT
  const isKnown = known.numbers.recall(key, length, (values, at) => {
    for (let index = 0; index < values.length; index += BAND_COUNT) rows.add((at + index) / BAND_COUNT, values, index)
  })
  if (isKnown) return
  find()
  const row = new Float64Array(BAND_COUNT)
  known.numbers.keep(key, length, (values, at) => {
    for (let index = 0; index < values.length; index += BAND_COUNT) {
      rows.read((at + index) / BAND_COUNT, row)
      values.set(row, index)
    }
  })
}

/** Numbers of a piece: whole rows, and few enough to lie in memory. */
export const PIECE_LENGTH = PIECE_FRAMES * BAND_COUNT

const digestOf = (values: Numbers | number | null): string =>
  values === null || typeof values === 'number'
    ? String(values)
    : bytesToHex(sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)))

/** The windows are part of it: pitch and timbre are found window by window. */
function keyOf(
  { sourceKey }: KnownAnalysis,
  { source, startSamples, durationSamples, frameCount }: AnalysisSpan,
  { windows }: Survey,
  what: readonly string[],
): string {
  const cuts = windows.map(({ startSamples: start, firstSamples }) => [start, firstSamples])
  return JSON.stringify([sourceKey, source.rateHz, startSamples, durationSamples, frameCount, cuts, ...what])
}
