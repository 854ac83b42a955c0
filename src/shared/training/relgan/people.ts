import { CEPSTRA } from '../../networks/relgan/config.ts'
import type { EmotionalClip } from './emotional-clip.ts'

/** Rounds of taking turns; where everybody has every emotion the first is exact. */
const ROUNDS = 30
/** The coefficients, and ln of pitch behind them. */
const NUMBERS = CEPSTRA + 1

/**
 * The clips without what is each person's own: the mean of their voice and of their pitch goes, so that what differs
 * between emotions is not who happened to perform them. Person and emotion are told apart as effects that add up, by
 * least squares over the means of each person in each emotion. Where nobody is told apart the clips stay as they are.
 */
export function withoutPeople(clips: readonly EmotionalClip[]): readonly EmotionalClip[] {
  const people = [...new Set(clips.map(({ person }) => person))]
  if (people.length === 1) return clips
  const own = ownMeans(clips, people)
  return clips.map((clip) => {
    const offset = own[people.indexOf(clip.person)]
    const pitchRatio = Math.exp(-offset[CEPSTRA])
    return {
      ...clip,
      cepstra: clip.cepstra.map((value, at) => value - offset[at % CEPSTRA]),
      f0: clip.f0.map((hz) => hz * pitchRatio),
    }
  })
}

/** Per person how they differ from the mean of all, in numbers that are the same for every emotion. */
function ownMeans(clips: readonly EmotionalClip[], people: readonly string[]): readonly Float64Array[] {
  const emotionCount = Math.max(...clips.map(({ emotion }) => emotion)) + 1
  const cells = people.flatMap((person, at) =>
    Array.from({ length: emotionCount }, (_, emotion) => ({
      person: at,
      emotion,
      mean: meanOf(clips.filter((clip) => clip.person === person && clip.emotion === emotion)),
    })),
  )
  const own = people.map(() => new Float64Array(NUMBERS))
  const common = Array.from({ length: emotionCount }, () => new Float64Array(NUMBERS))
  for (let number = 0; number < NUMBERS; number++) {
    const known = cells.flatMap(({ person, emotion, mean }) =>
      mean === null || Number.isNaN(mean[number]) ? [] : [{ person, emotion, value: mean[number] }],
    )
    for (let round = 0; round < ROUNDS; round++) {
      for (const [emotion, effect] of common.entries())
        effect[number] = average(
          known.filter((cell) => cell.emotion === emotion).map(({ person, value }) => value - own[person][number]),
        )
      for (const [person, effect] of own.entries())
        effect[number] = average(
          known.filter((cell) => cell.person === person).map(({ emotion, value }) => value - common[emotion][number]),
        )
      const middle = average(own.map((effect) => effect[number]))
      for (const effect of own) effect[number] -= middle
    }
  }
  return own
}

/** NaN for the pitch where nothing is voiced. */
function meanOf(clips: readonly EmotionalClip[]): Float64Array | null {
  if (clips.length === 0) return null
  const mean = new Float64Array(NUMBERS)
  let [frames, voiced] = [0, 0]
  for (const { cepstra, f0 } of clips) {
    for (let at = 0; at < cepstra.length; at++) mean[at % CEPSTRA] += cepstra[at]
    frames += f0.length
    for (const hz of f0) {
      if (hz <= 0) continue
      mean[CEPSTRA] += Math.log(hz)
      voiced++
    }
  }
  return mean.map((sum, number) => sum / (number < CEPSTRA ? frames : voiced))
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
