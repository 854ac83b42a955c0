import {
  breathDifferenceDb,
  breathDistanceDb,
  clickRatio,
  clippedSampleCount,
  comparePitch,
  compareReadings,
  distanceToPersonDb,
  distanceToSourceDb,
  loudnessErrorDb,
  nearness,
  raspDistanceDb,
  roughness,
  roughnessRatio,
  timbreOf,
  varianceRatio,
  type ContentJudge,
  type Judges,
} from '../../shared/evaluation/index.ts'
import type { Heard } from './listening.ts'
import type { OwnVoice } from './own-voice.ts'

/** One result for one source and target, measured every way. Null where there is nothing to compare with. */
export interface PairFigures {
  readonly raw: number
  readonly cmn: number
  readonly mfcc: number
  readonly mfccCmn: number
  readonly src: number
  readonly pcor: number | null
  readonly near: number | null
  readonly nearChance: number | null
  readonly dm: number | null
  readonly content: number | null
  readonly gv: number
  /** Distance of the spectra from the nearest of the target's and of the source's: what a render's report card shows. */
  readonly timbreDb: number | null
  readonly timbreSourceDb: number | null
  readonly breathDb: number | null
  readonly raspDb: number | null
  readonly pitchCents: number | null
  readonly pitchGross: number | null
  readonly pitchStray: number | null
  readonly voicing: number | null
  readonly loudnessDb: number | null
  readonly roughness: number | null
  readonly clicks: number | null
  readonly clipped: number | null
  /**
   * The pitch and the breath, signed and per band, of pairs that are moved by an octave or more; null of others. Of real
   * recordings, which show what can be reached, the breath of all.
   */
  readonly octaveCents: number | null
  readonly octaveBreath: readonly number[] | null
}

export interface PairContext {
  readonly judges: Judges
  readonly sourcePerson: string
  readonly targetPerson: string
  readonly source: Heard
  /** Of the target's recordings that singers learn from. */
  readonly targetVoice: OwnVoice
  /** Readings of the same words by the target and at most three others; empty where there are none. */
  readonly readings: ReadonlyMap<string, Heard>
  /** Of those in `readings` the target is told from by `dm`: of the same sex, or of the nearest register. */
  readonly rival: string | null
  /** Null where too few others read the text. */
  readonly content: ContentJudge | null
}

const SEMITONES_PER_OCTAVE = 12

/** @param semitones that the result was moved by; null of a recording that is no rendering of the source */
export function measurePair(result: Heard, semitones: number | null, context: PairContext): PairFigures {
  const { judges, source } = context
  const isTarget = (verdict: number) => Number(judges.persons[verdict] === context.targetPerson)
  const centered = judges.centered(result.clip)
  const voice = context.targetVoice
  const { sound, f0 } = result
  const breath = result.features === null ? null : breathDifferenceDb(result.features.harmonicsToNoise, voice.breath)
  return {
    raw: isTarget(judges.raw(result.clip)),
    cmn: isTarget(centered),
    mfcc: isTarget(judges.cepstral(result.clip)),
    mfccCmn: isTarget(judges.cepstralCentered(result.clip)),
    src: Number(judges.persons[centered] === context.sourcePerson),
    ...measureReadings(result, context),
    content:
      context.content?.accuracy(result.clip.envelope, (semitones === null ? result : source).clip.envelope) ?? null,
    gv: varianceRatio(result.clip.envelope, voice.envelopes),
    ...measureTimbre(result, context),
    breathDb: breath === null ? null : breathDistanceDb([breath]),
    raspDb: raspDistanceDb(roughness(sound.samples, sound.rateHz, f0), voice.roughness),
    ...(semitones === null
      ? { ...nothingOfSource, octaveBreath: breath }
      : measureAgainstSource(result, source, semitones, breath)),
  }
}

function measureTimbre(
  { features }: Heard,
  { targetVoice, source }: PairContext,
): Pick<PairFigures, 'timbreDb' | 'timbreSourceDb'> {
  if (features === null) return { timbreDb: null, timbreSourceDb: null }
  const timbre = timbreOf(features)
  return {
    timbreDb: distanceToPersonDb(timbre, targetVoice.timbre),
    timbreSourceDb: source.features === null ? null : distanceToSourceDb(timbre, timbreOf(source.features)),
  }
}

type SourceFigures = Pick<
  PairFigures,
  | 'pitchCents'
  | 'pitchGross'
  | 'pitchStray'
  | 'voicing'
  | 'loudnessDb'
  | 'roughness'
  | 'clicks'
  | 'clipped'
  | 'octaveCents'
  | 'octaveBreath'
>

const nothingOfSource: SourceFigures = {
  pitchCents: null,
  pitchGross: null,
  pitchStray: null,
  voicing: null,
  loudnessDb: null,
  roughness: null,
  clicks: null,
  clipped: null,
  octaveCents: null,
  octaveBreath: null,
}

function measureAgainstSource(
  result: Heard,
  source: Heard,
  semitones: number,
  breath: readonly number[] | null,
): SourceFigures {
  const pitch = comparePitch(result.f0, source.f0, semitones)
  const isOctave = Math.abs(semitones) >= SEMITONES_PER_OCTAVE
  const { rateHz } = source.sound
  return {
    pitchCents: pitch.interiorMedianCents,
    pitchGross: pitch.grossShare,
    pitchStray: pitch.strayShare,
    voicing: pitch.voicingDisagreement,
    loudnessDb: loudnessErrorDb(result.sound.samples, source.sound.samples, rateHz),
    roughness: roughnessRatio(
      { samples: result.sound.samples, f0: result.f0 },
      { samples: source.sound.samples, f0: source.f0 },
      rateHz,
    ),
    clicks: clickRatio(result.sound.samples, source.sound.samples),
    clipped: clippedSampleCount(result.sound.samples),
    octaveCents: isOctave ? pitch.interiorMedianCents : null,
    octaveBreath: isOctave ? breath : null,
  }
}

function measureReadings(
  result: Heard,
  { readings, targetPerson, sourcePerson, rival }: PairContext,
): Pick<PairFigures, 'pcor' | 'near' | 'nearChance' | 'dm'> {
  const targetReading = readings.get(targetPerson)
  const { envelope } = result.clip
  if (targetReading === undefined || envelope.frameCount === 0)
    return { pcor: null, near: null, nearChance: null, dm: null }
  const target = compareReadings(envelope, targetReading.clip.envelope)
  const others = [...readings].filter(([person]) => person !== targetPerson && person !== sourcePerson)
  if (others.length === 0) return { pcor: target.correlation, near: null, nearChance: null, dm: null }
  const likenesses = others.map(([, reading]) => compareReadings(envelope, reading.clip.envelope))
  const rivalIndex = others.findIndex(([person]) => person === rival)
  return {
    pcor: target.correlation,
    near: nearness(target, likenesses).vote,
    nearChance: 1 / (others.length + 1),
    dm: rivalIndex < 0 ? null : likenesses[rivalIndex].distanceDb - target.distanceDb,
  }
}
