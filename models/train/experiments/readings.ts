import { alignReadings } from '../../../src/shared/evaluation/reading-figures.ts'
import { envelopeClip, type EnvelopeClip } from '../../../src/shared/evaluation/envelope-clip.ts'
import type { AlignedReading, TrainingClip } from '../../../src/shared/training/clip.ts'
import type { Person } from './corpus.ts'

/** More of the same words by one person tell little more. */
const MOST_READINGS_PER_PERSON = 2

/** The clips, each with the same words by others and the frames that belong together; as they are where not wanted. */
export function withReadings(
  persons: readonly Person[],
  clips: readonly TrainingClip[],
  isWanted: boolean,
): readonly TrainingClip[] {
  if (!isWanted) return clips
  const recordings = persons.flatMap((person, singer) => person.training.map((recording) => ({ singer, recording })))
  const envelopes = recordings.map(({ recording }) => envelopeClip(recording.features.lm))
  return clips.map((clip, index) => {
    const own = recordings[index]
    const others = persons.flatMap((_, singer) =>
      recordings
        .map((other, clipIndex) => ({ ...other, clipIndex }))
        .filter((other) => other.singer === singer && singer !== own.singer)
        .filter(({ recording }) => recording.sentence === own.recording.sentence)
        .sort((a, b) => Number(isSame(b.recording, own.recording)) - Number(isSame(a.recording, own.recording)))
        .slice(0, MOST_READINGS_PER_PERSON),
    )
    const readings = others
      .filter(({ clipIndex }) => envelopes[clipIndex].frameCount > 0 && envelopes[index].frameCount > 0)
      .map(({ clipIndex }) => align(clip, index, clipIndex, envelopes))
    return { ...clip, readings }
  })
}

const isSame = (a: Person['training'][number], b: Person['training'][number]) => a.reading === b.reading

/** Active frames by dynamic time warping; between them in proportion. */
function align(
  clip: TrainingClip,
  index: number,
  clipIndex: number,
  envelopes: readonly EnvelopeClip[],
): AlignedReading {
  const frameCount = clip.pitch.length
  const places = new Float64Array(frameCount).fill(NaN)
  for (const [own, other] of alignReadings(envelopes[index], envelopes[clipIndex]))
    places[envelopes[index].places[own]] = envelopes[clipIndex].places[other]
  return { clipIndex, frames: Int32Array.from(bridged(places), Math.round) }
}

/** Unknown places lie on the line between the known ones around them; the ends hold. */
function bridged(places: Float64Array): Float64Array {
  const known = Array.from(places.keys()).filter((frame) => !Number.isNaN(places[frame]))
  const result = places.slice()
  let next = 0
  for (let frame = 0; frame < places.length; frame++) {
    while (next < known.length && known[next] < frame) next++
    const after = known[Math.min(next, known.length - 1)]
    const before = after <= frame ? after : known[Math.max(next - 1, 0)]
    const share = after === before ? 0 : Math.min(Math.max((frame - before) / (after - before), 0), 1)
    result[frame] = places[before] + share * (places[after] - places[before])
  }
  return result
}
