import {
  breathDistanceDb,
  clickRatio,
  clippedSampleCount,
  comparePitch,
  compareReadings,
  loudnessErrorDb,
  nearness,
  roughnessRatio,
  varianceRatio,
  type ContentJudge,
  type Judges,
  type PitchedSound,
} from '../../shared/evaluation/index.ts'
import type { Heard } from './listening.ts'

/** One result for one source and target, measured every way. Null where there is nothing to compare with. */
export interface PairFigures {
  readonly raw: number
  readonly cmn: number
  readonly mfcc: number
  readonly src: number
  readonly pcor: number | null
  readonly near: number | null
  readonly nearChance: number | null
  readonly dm: number | null
  readonly content: number | null
  readonly gv: number
  readonly pitchMedianCents: number | null
  readonly pitchGross: number
  readonly voicing: number
  readonly loudnessDb: number | null
  readonly roughness: number | null
  readonly clicks: number
  readonly clipped: number
  /** The pitch and the breath of pairs that are moved by an octave or more; null of others. */
  readonly octaveCents: number | null
  readonly octaveBreathDb: number | null
}

export interface PairContext {
  readonly judges: Judges
  readonly sourcePerson: string
  readonly targetPerson: string
  readonly source: Heard
  readonly targetTraining: readonly Heard[]
  /** Readings of the same words by person; empty where there are none. */
  readonly readings: ReadonlyMap<string, Heard>
  /** Null where too few others read the text. */
  readonly content: ContentJudge | null
}

const SEMITONES_PER_OCTAVE = 12
const pitched = ({ sound, f0 }: Heard): PitchedSound => ({ ...sound, f0 })

export function measurePair(result: Heard, semitones: number, context: PairContext): PairFigures {
  const { judges, source } = context
  const isTarget = (verdict: number) => Number(judges.persons[verdict] === context.targetPerson)
  const centered = judges.centered(result.clip)
  const pitch = comparePitch(result.f0, source.f0, semitones)
  const isOctave = Math.abs(semitones) >= SEMITONES_PER_OCTAVE
  return {
    raw: isTarget(judges.raw(result.clip)),
    cmn: isTarget(centered),
    mfcc: isTarget(judges.cepstral(result.clip)),
    src: Number(judges.persons[centered] === context.sourcePerson),
    ...measureReadings(result, context),
    content: context.content?.accuracy(result.clip.envelope, source.clip.envelope) ?? null,
    gv: varianceRatio(
      result.clip.envelope,
      context.targetTraining.map(({ clip }) => clip.envelope),
    ),
    pitchMedianCents: pitch.interiorMedianCents,
    pitchGross: pitch.grossShare,
    voicing: pitch.voicingDisagreement,
    loudnessDb: loudnessErrorDb(result.sound.samples, source.sound.samples, source.sound.rateHz),
    roughness: roughnessRatio(
      { samples: result.sound.samples, f0: result.f0 },
      { samples: source.sound.samples, f0: source.f0 },
      source.sound.rateHz,
    ),
    clicks: clickRatio(result.sound.samples, source.sound.samples),
    clipped: clippedSampleCount(result.sound.samples),
    octaveCents: isOctave ? pitch.interiorMedianCents : null,
    octaveBreathDb: isOctave ? breathDistanceDb(pitched(result), context.targetTraining.map(pitched)) : null,
  }
}

function measureReadings(
  result: Heard,
  { readings, targetPerson, sourcePerson }: PairContext,
): Pick<PairFigures, 'pcor' | 'near' | 'nearChance' | 'dm'> {
  const targetReading = readings.get(targetPerson)
  if (targetReading === undefined) return { pcor: null, near: null, nearChance: null, dm: null }
  const target = compareReadings(result.clip.envelope, targetReading.clip.envelope)
  const others = [...readings]
    .filter(([person]) => person !== targetPerson && person !== sourcePerson)
    .map(([, reading]) => compareReadings(result.clip.envelope, reading.clip.envelope))
  if (others.length === 0) return { pcor: target.correlation, near: null, nearChance: null, dm: null }
  const { vote, marginDb } = nearness(target, others)
  return { pcor: target.correlation, near: vote, nearChance: 1 / (others.length + 1), dm: marginDb }
}
