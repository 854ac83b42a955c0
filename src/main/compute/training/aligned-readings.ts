import { alignReadings } from '../../../shared/evaluation/reading-figures.ts'
import { envelopeClip, type EnvelopeClip } from '../../../shared/evaluation/envelope-clip.ts'
import type { AlignedReading, TrainingClip } from '../../../shared/training/clip.ts'

/** What is known of a clip's words. */
export interface ReadWords {
  readonly singerIndex: number
  /** Clips of one text say the same words; null where nobody knows. */
  readonly text: string | null
  /** How they are said: equal manners match best. */
  readonly manner: string
  /** ln of power per mel band, [frames × 64] at 5 ms. */
  readonly lm: Float32Array
}

/** More of the same words tell little more, and aligning them takes time. */
const MOST_OTHERS = 6
const MOST_OF_ONE_PERSON = 2

/**
 * The clips, each with the same words by other singers and the frames that belong together: what a network learns
 * conversion itself from, not only to draw everybody as they are. `words` stand in the order of the clips.
 */
export function withReadings(clips: readonly TrainingClip[], words: readonly ReadWords[]): TrainingClip[] {
  const envelopes = words.map(({ lm }) => envelopeClip(lm))
  return clips.map((clip, index) => {
    const readings = othersOf(index, words)
      .filter((other) => envelopes[other].frameCount > 0 && envelopes[index].frameCount > 0)
      .map((other) => align(clip.pitch.length, envelopes[index], envelopes[other], other))
    return readings.length === 0 ? clip : { ...clip, readings }
  })
}

/** Clips of the same text by others: of equal manner first, then spread over the singers behind the clip's own. */
function othersOf(index: number, words: readonly ReadWords[]): number[] {
  const own = words[index]
  if (own.text === null) return []
  const taken = new Map<number, number>()
  const singerCount = Math.max(...words.map(({ singerIndex }) => singerIndex)) + 1
  const isFar = (other: number) => Number(words[other].manner !== own.manner)
  const turn = (other: number) => (words[other].singerIndex - own.singerIndex + index + singerCount) % singerCount
  return Array.from(words.keys())
    .filter((other) => words[other].text === own.text && words[other].singerIndex !== own.singerIndex)
    .sort((a, b) => isFar(a) - isFar(b) || turn(a) - turn(b) || a - b)
    .filter((other) => {
      const count = taken.get(words[other].singerIndex) ?? 0
      taken.set(words[other].singerIndex, count + 1)
      return count < MOST_OF_ONE_PERSON
    })
    .slice(0, MOST_OTHERS)
}

/** Active frames by dynamic time warping; between them in proportion. */
function align(frameCount: number, own: EnvelopeClip, other: EnvelopeClip, clipIndex: number): AlignedReading {
  const places = new Float64Array(frameCount).fill(NaN)
  for (const [frame, match] of alignReadings(own, other)) places[own.places[frame]] = other.places[match]
  return { clipIndex, frames: Int32Array.from(bridged(places), Math.round) }
}

/** Unknown places lie on the line between the known ones around them; the ends hold. */
function bridged(places: Float64Array): Float64Array {
  const known = Array.from(places.keys()).filter((frame) => !Number.isNaN(places[frame]))
  const result = places.slice()
  let next = 0
  for (let frame = 0; frame < places.length; frame++) {
    while (next < known.length - 1 && known[next] < frame) next++
    const after = known[next]
    const before = after <= frame ? after : known[Math.max(next - 1, 0)]
    const share = after === before ? 0 : Math.min(Math.max((frame - before) / (after - before), 0), 1)
    result[frame] = places[before] + share * (places[after] - places[before])
  }
  return result
}
