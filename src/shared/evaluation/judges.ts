import type { Random } from '../base/random.ts'
import { soundStatistics, withoutMeans } from './cepstra-of-sound.ts'
import { trainContextNetwork, type ContextNetwork, type FrameExample } from './context-network.ts'
import { BANDS, type EnvelopeClip } from './envelope-clip.ts'
import { trainLinearDiscriminant, type LinearDiscriminant } from './linear-discriminant.ts'

/** One recording as the judges see it. `samples` at 24 kHz. */
export interface JudgedClip {
  readonly envelope: EnvelopeClip
  readonly samples: Float32Array
}

/** Judges of who is speaking, trained on real recordings only. Verdicts are indices into `persons`. */
export interface Judges {
  readonly persons: readonly string[]
  /** From envelopes as they are: an equalizer can fool it. */
  raw(clip: JudgedClip): number
  /** From envelopes with the clip's mean removed: no equalizer can move it. */
  centered(clip: JudgedClip): number
  /** From cepstra of the sound itself, by another method. */
  cepstral(clip: JudgedClip): number
  /** The same without their means: no equalizer can move it. */
  cepstralCentered(clip: JudgedClip): number
}

export const JUDGE_RATE_HZ = 24_000
/** The net stops learning new people after about this many steps of 32 frames, more where there are more people. */
const STEPS = 500
const STEPS_PER_PERSON = 40

/** The two judges of envelopes alone. */
export interface EnvelopeJudges {
  readonly persons: readonly string[]
  raw(envelope: EnvelopeClip): number
  centered(envelope: EnvelopeClip): number
}

export function trainEnvelopeJudges(
  clipsByPerson: ReadonlyMap<string, readonly EnvelopeClip[]>,
  random: Random,
  onProgress: (fraction: number) => void,
): EnvelopeJudges {
  const persons = [...clipsByPerson.keys()]
  const labeled = persons.flatMap((person, label) => (clipsByPerson.get(person) ?? []).map((clip) => ({ clip, label })))
  const options = {
    bandCount: BANDS,
    classCount: persons.length,
    stepCount: STEPS + STEPS_PER_PERSON * persons.length,
  }
  const envelopeJudge = (pick: (envelope: EnvelopeClip) => Float32Array) => {
    const clips = labeled.map(({ clip, label }) => ({ frames: pick(clip), label }))
    return trainContextNetwork(
      drawByClass(clips, persons.length),
      clips.map(({ frames }) => frames),
      options,
      random,
    )
  }
  const raw = envelopeJudge((envelope) => envelope.shapes)
  onProgress(0.5)
  const centered = envelopeJudge((envelope) => envelope.centered)
  onProgress(1)
  return {
    persons,
    raw: (envelope) => verdict(raw, envelope.shapes),
    centered: (envelope) => verdict(centered, envelope.centered),
  }
}

export function trainJudges(
  clipsByPerson: ReadonlyMap<string, readonly JudgedClip[]>,
  random: Random,
  onProgress: (fraction: number) => void,
): Judges {
  const envelopes = new Map([...clipsByPerson].map(([person, clips]) => [person, clips.map((clip) => clip.envelope)]))
  const judges = trainEnvelopeJudges(envelopes, random, (fraction) => onProgress(0.9 * fraction))
  const { persons } = judges
  const labeled = persons.flatMap((person, label) =>
    (clipsByPerson.get(person) ?? []).flatMap((clip) =>
      soundStatistics(clip.samples, JUDGE_RATE_HZ).map((values) => ({ values, label })),
    ),
  )
  const cepstral = trainLinearDiscriminant(labeled, persons.length)
  const cepstralCentered = trainLinearDiscriminant(
    labeled.map(({ values, label }) => ({ values: withoutMeans(values), label })),
    persons.length,
  )
  onProgress(1)
  const judgeSound = (judge: LinearDiscriminant, pick: (values: number[]) => number[]) => (clip: JudgedClip) =>
    cepstralVerdict(soundStatistics(clip.samples, JUDGE_RATE_HZ).map(pick), judge, persons.length)
  return {
    persons,
    raw: (clip) => judges.raw(clip.envelope),
    centered: (clip) => judges.centered(clip.envelope),
    cepstral: judgeSound(cepstral, (values) => values),
    cepstralCentered: judgeSound(cepstralCentered, withoutMeans),
  }
}

/** Persons in turn, then any of their clips, then any of its frames: who talks more is not likelier. */
function drawByClass(
  clips: readonly { readonly frames: Float32Array; readonly label: number }[],
  classCount: number,
): (random: Random) => FrameExample {
  const pools = Array.from({ length: classCount }, (_, label) =>
    clips.filter((clip) => clip.label === label && clip.frames.length >= BANDS),
  ).filter((pool) => pool.length > 0)
  let turn = 0
  return (random) => {
    const pool = pools[turn++ % pools.length]
    const { frames, label } = pool[random.integer(pool.length)]
    return { frames, label, frame: random.integer(frames.length / BANDS) }
  }
}

const verdict = (network: ContextNetwork, frames: Float32Array): number => highestIndex(network.classify(frames))

function cepstralVerdict(
  stretches: readonly (readonly number[])[],
  judge: LinearDiscriminant,
  personCount: number,
): number {
  const total = new Float64Array(personCount)
  for (const values of stretches) judge.classify(values).forEach((score, label) => (total[label] += score))
  return highestIndex(total)
}

const highestIndex = (values: Float64Array): number => values.indexOf(Math.max(...values))
