import { assert } from '../base/assert.ts'
import { createRandom, type Random } from '../base/random.ts'
import type { Batch } from './memory/batch.ts'

/**
 * What is sung in one go: segments of a longer sound, or sounds of their own. All arrays may lie in memory that threads
 * share.
 */
export interface SamplingSong {
  /** Samples for which a frame of the held condition stands. */
  readonly hop: number
  /** [frames × held width] */
  readonly held: Float32Array
  /** [frames · hop], 0…1, for decoders that hear pitch. */
  readonly pitch: Float32Array | null
  /** [frames · hop], for decoders that hear the samples around one period back: `lagsOf`. */
  readonly lags?: Uint16Array | null
  /** [rows × fixed width]: rows of singers, or of mixtures of them. */
  readonly fixed: Float32Array
  readonly fixedWidth: number
  readonly segments: readonly SongSegment[]
  /** A segment's levels follow from it and from the segment's place in the list, whoever sings it. */
  readonly seed: number
  /** Under 1 likely levels become likelier. */
  readonly temperature: number
}

export interface SongSegment {
  readonly fromFrame: number
  /** Excluded. */
  readonly toFrame: number
  /** Row of `fixed`. */
  readonly fixedRow: number
}

/** Where each segment's levels begin in what is sung, and where all end. */
export function segmentOffsets({ hop, segments }: SamplingSong): readonly number[] {
  const offsets = [0]
  for (const { fromFrame, toFrame } of segments) offsets.push(offsets[offsets.length - 1] + (toFrame - fromFrame) * hop)
  return offsets
}

/** Longest first, so that none is left alone at the end. */
export const segmentOrder = ({ segments }: SamplingSong): readonly number[] =>
  segments.map((_, index) => index).sort((a, b) => lengthOf(segments[b]) - lengthOf(segments[a]) || a - b)

const lengthOf = ({ fromFrame, toFrame }: SongSegment): number => toFrame - fromFrame

export interface SongTurns {
  /** The next segment to be sung by this batch, or null when none is left. */
  take(): number | null
  /** Frames that were sung since the last call. Throws when it is to end. */
  advance(frames: number): void
  /** The most segments at once; fewer than the batch holds, where others sing too. */
  readonly mostAtOnce: number
}

interface Voice {
  readonly index: number
  readonly segment: SongSegment
  readonly random: Random
  frame: number
}

/**
 * Sings segments as they are taken, as many at once as the batch holds; where one ends, the next begins. The levels of
 * a segment are the same in any batch, beside any other.
 * @param sung gets the levels: `segmentOffsets`
 */
export function singSegments(batch: Batch, song: SamplingSong, turns: SongTurns, sung: Uint8Array): void {
  const { hop, held, fixed, fixedWidth } = song
  const lags = song.lags ?? null
  assert(!batch.hasLags || lags !== null, 'a decoder with lag taps needs to know how long periods are')
  const offsets = segmentOffsets(song)
  const frameCount = song.pitch === null ? Infinity : song.pitch.length / hop
  const heldWidth = batch.heldWidth
  const voices: (Voice | null)[] = Array.from({ length: Math.min(turns.mostAtOnce, batch.segmentCount) }, () => null)
  batch.setTemperature(song.temperature)
  for (;;) {
    voices.forEach((voice, place) => {
      if (voice !== null && voice.frame < voice.segment.toFrame) return
      voices[place] = next(place)
    })
    const busy = voices.findLastIndex((voice) => voice !== null) + 1
    if (busy === 0) return
    voices.forEach((voice, place) => {
      if (voice !== null) prepare(voice, place)
    })
    batch.tell()
    batch.run(hop, busy)
    let frames = 0
    voices.forEach((voice, place) => {
      if (voice === null) return
      const at = offsets[voice.index] + (voice.frame - voice.segment.fromFrame) * hop
      batch.read(place, hop, sung.subarray(at, at + hop))
      voice.frame++
      frames++
    })
    turns.advance(frames)
  }

  /** Segments without a frame are sung as soon as they are taken. */
  function next(place: number): Voice | null {
    for (let index = turns.take(); index !== null; index = turns.take()) {
      const segment = song.segments[index]
      assert(segment.toFrame <= frameCount, `segment ${index} ends at ${segment.toFrame}, the pitch at ${frameCount}`)
      if (segment.toFrame <= segment.fromFrame) continue
      batch.start(place, fixed.subarray(segment.fixedRow * fixedWidth, (segment.fixedRow + 1) * fixedWidth))
      return { index, segment, random: createRandom(seedOf(song.seed, index)), frame: segment.fromFrame }
    }
    return null
  }

  function prepare({ frame, random }: Voice, place: number): void {
    batch.hold(place, held.subarray(frame * heldWidth, (frame + 1) * heldWidth))
    for (let sample = 0; sample < hop; sample++) {
      const at = frame * hop + sample
      batch.setSample(place, sample, Math.floor(random.uniform() * 2 ** 32), song.pitch?.[at] ?? 0, lags?.[at] ?? 0)
    }
  }
}

/** Neighbors in the list get seeds that have nothing in common. */
const seedOf = (seed: number, index: number): number => (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + index) >>> 0
