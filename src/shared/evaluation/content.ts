import type { Random } from '../base/random.ts'
import { trainContextNetwork } from './context-network.ts'
import { BANDS, type EnvelopeClip } from './envelope-clip.ts'
import { alignReadings } from './reading-figures.ts'

/** Says at which place of a text a sound is: whether the words can still be told. */
export interface ContentJudge {
  /**
   * Share of frames of `result` that are heard within one state of where the unconverted `source` is in the text.
   * Both stand on one time line. Null when they have no frame in common.
   */
  accuracy(result: EnvelopeClip, source: EnvelopeClip): number | null
}

/** A state of the text is a twelfth of a second of the first reading. */
const STATE_FRAMES = 8
const STEPS = 350
/** More readings hold more to learn, until the judge is as good as it gets. */
const STEPS_PER_READING = 25
const MOST_STEPS = 1200
/** The neighboring state counts as right: readers are aligned no better. */
const TOLERANCE = 1

/** Few people read for the judge: it hears them with longer and shorter vocal tracts too, in bands. */
const VOCAL_TRACTS = [-2.5, -1.25, 0, 1.25, 2.5]

/** Learned from at least two readings of one text by people who are neither source nor target. */
export function trainContentJudge(readings: readonly EnvelopeClip[], random: Random): ContentJudge {
  const [reference] = readings
  const classCount = Math.ceil(reference.frameCount / STATE_FRAMES)
  const labeled = readings.flatMap((reading) => {
    const states = statesOf(reading, reference)
    return VOCAL_TRACTS.map((shift) => ({ frames: shifted(reading.centered, shift), states }))
  })
  const network = trainContextNetwork(
    (drawing) => {
      const { frames, states } = labeled[drawing.integer(labeled.length)]
      const frame = drawing.integer(states.length)
      return { frames, frame, label: states[frame] }
    },
    labeled.map(({ frames }) => frames),
    {
      bandCount: BANDS,
      classCount,
      stepCount: Math.min(STEPS + STEPS_PER_READING * (readings.length - 2), MOST_STEPS),
    },
    random,
  )
  return {
    accuracy(result, source) {
      const states = new Map<number, number>()
      statesOf(source, reference).forEach((state, frame) => states.set(source.places[frame], state))
      let [right, count] = [0, 0]
      network.classifyFrames(result.centered).forEach((heard, frame) => {
        const state = states.get(result.places[frame])
        if (state === undefined) return
        count++
        if (Math.abs(heard - state) <= TOLERANCE) right++
      })
      return count === 0 ? null : right / count
    },
  }
}

/** The state of the reference that each frame of a reading belongs to. */
function statesOf(reading: EnvelopeClip, reference: EnvelopeClip): Int32Array {
  const states = new Int32Array(reading.frameCount)
  for (const [frame, place] of alignReadings(reading, reference)) states[frame] = Math.floor(place / STATE_FRAMES)
  return states
}

/** Every frame read so many bands further, linearly between them, held at the ends. */
function shifted(frames: Float32Array, bands: number): Float32Array {
  if (bands === 0) return frames
  return frames.map((_, at) => {
    const position = Math.min(Math.max((at % BANDS) + bands, 0), BANDS - 1)
    const below = Math.min(Math.floor(position), BANDS - 2)
    const first = at - (at % BANDS) + below
    return frames[first] + (position - below) * (frames[first + 1] - frames[first])
  })
}
