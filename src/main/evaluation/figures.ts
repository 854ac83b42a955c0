import type { PairFigures } from './measure-pair.ts'

/** A figure of a conversion: how it is called, what it means, and what it must reach. */
export interface Figure {
  readonly name: Exclude<keyof PairFigures, 'nearChance' | 'octaveBreath'> | 'octaveBreathDb'
  readonly label: string
  readonly digits: number
  readonly meaning: string
  /** Of singers that were learned jointly; of those enrolled strictly outside; of the negative control. */
  readonly seen?: Bar
  readonly enrolled?: Bar
  readonly control?: Bar
}

/** Inclusive limits; `belowFloor`: at most so much less than the unconverted sound reaches. */
export interface Bar {
  readonly least?: number
  readonly most?: number
  readonly belowFloor?: number
}

const everywhere = (bar: Bar) => ({ seen: bar, enrolled: bar })

/** In the order printed. */
export const figures: readonly Figure[] = [
  {
    name: 'raw',
    label: 'raw',
    digits: 2,
    meaning: 'share that the envelope judge takes for the target; an equalizer alone reaches most of it',
    ...everywhere({ least: 0.95 }),
  },
  {
    name: 'cmn',
    label: 'cmn',
    digits: 2,
    meaning: 'the same with each clip’s mean removed: no equalizer can move it',
    seen: { least: 0.9 },
    enrolled: { least: 0.85 },
    control: { most: 0.3 },
  },
  {
    name: 'mfcc',
    label: 'mfcc',
    digits: 2,
    meaning: 'share that an independent judge of cepstral statistics takes for the target',
    ...everywhere({ least: 0.85 }),
  },
  {
    name: 'mfccCmn',
    label: 'mfcc cmn',
    digits: 2,
    meaning: 'the same without the means: no equalizer can move it',
    ...everywhere({ least: 0.45 }),
  },
  {
    name: 'src',
    label: 'src',
    digits: 2,
    meaning: 'share that the cmn judge still takes for the source person',
    ...everywhere({ most: 0.05 }),
  },
  {
    name: 'pcor',
    label: 'pcor',
    digits: 3,
    meaning: 'correlation with the target’s own reading of the same words along the time-warped path',
    seen: { least: 0.68 },
    enrolled: { least: 0.635 },
  },
  {
    name: 'near',
    label: 'near',
    digits: 2,
    meaning:
      'share of votes by which the target’s reading is the nearest of four, none of them the source’s (chance in brackets)',
    seen: { least: 0.68 },
    enrolled: { least: 0.5 },
  },
  {
    name: 'dm',
    label: 'dm',
    digits: 2,
    meaning:
      'by how many dB it is nearer to the target’s reading than to that of another of the same sex (or of the nearest register)',
    seen: { least: 0.72 },
  },
  {
    name: 'content',
    label: 'content',
    digits: 3,
    meaning: 'share of frames that a judge of the text, trained on others’ readings, places rightly',
    ...everywhere({ least: 0.4, belowFloor: 0.125 }),
  },
  {
    name: 'gv',
    label: 'gv',
    digits: 2,
    meaning: 'liveliness: variance of the cepstra over the target’s own; 1 is as lively',
    ...everywhere({ least: 0.8, most: 1.15 }),
  },
  {
    name: 'timbreDb',
    label: 'timbre',
    digits: 2,
    meaning: 'distance of the spectra from the nearest of the target’s, dB, as a render’s report card shows it',
  },
  {
    name: 'timbreSourceDb',
    label: 'timbre src',
    digits: 2,
    meaning: 'the same from the source’s',
  },
  {
    name: 'breathDb',
    label: 'breath',
    digits: 1,
    meaning: 'breath: how far the harmonics-to-noise ratio is from the target’s own, mean of five bands, dB',
  },
  {
    name: 'raspDb',
    label: 'rasp',
    digits: 1,
    meaning: 'rasp: how far the unlikeness of neighboring periods is from the target’s own, dB',
  },
  {
    name: 'pitchCents',
    label: 'pitch',
    digits: 1,
    meaning: 'median distance from the source’s pitch after transposition, frames 25 ms inside voiced stretches, cents',
    ...everywhere({ most: 4 }),
  },
  {
    name: 'pitchGross',
    label: 'gross',
    digits: 3,
    meaning: 'share of frames voiced in both that are off by more than 20 %',
    ...everywhere({ most: 0.06 }),
  },
  {
    name: 'pitchStray',
    label: 'stray',
    digits: 3,
    meaning:
      'share of frames voiced in both that are off by more than half a semitone; a filter alone does that to creaks',
    ...everywhere({ most: 0.06 }),
  },
  {
    name: 'voicing',
    label: 'vuv',
    digits: 3,
    meaning: 'share of frames voiced in one and not in the other',
    ...everywhere({ most: 0.1 }),
  },
  {
    name: 'loudnessDb',
    label: 'level',
    digits: 2,
    meaning: 'median difference of the level of 50 ms over time after one gain for the whole, dB',
    ...everywhere({ most: 0.8 }),
  },
  {
    name: 'roughness',
    label: 'rough',
    digits: 2,
    meaning: 'how unlike neighboring periods are, against the source’s; 1 is as before, more is rougher',
    ...everywhere({ least: 0.75, most: 1.25 }),
  },
  {
    name: 'clicks',
    label: 'clicks',
    digits: 2,
    meaning:
      'sharpest corners (largest over usual second difference, 99th percentile of stretches) against the source’s',
    ...everywhere({ most: 1.5 }),
  },
  {
    name: 'clipped',
    label: 'clip',
    digits: 1,
    meaning: 'samples at full scale',
    ...everywhere({ most: 0 }),
  },
  {
    name: 'octaveCents',
    label: '8ve pitch',
    digits: 1,
    meaning: 'pitch as above, of pairs moved by an octave or more',
    ...everywhere({ most: 6 }),
  },
  {
    name: 'octaveBreathDb',
    label: '8ve breath',
    digits: 1,
    meaning: 'breath as above, of all these pairs of a target together; of real recordings, of all of them together',
    ...everywhere({ most: 1.8 }),
  },
]

/** Null where there is nothing to hold it to. */
export function isMet(value: number | null, bar: Bar | undefined, floor: number | null): boolean | null {
  if (value === null || bar === undefined) return null
  const { least = -Infinity, most = Infinity, belowFloor } = bar
  const isAboveFloor = belowFloor === undefined || floor === null || value >= floor - belowFloor
  return value >= least && value <= most && isAboveFloor
}

export function describeBar({ least, most, belowFloor }: Bar): string {
  const parts = [least === undefined ? '' : `≥ ${least}`, most === undefined ? '' : `≤ ${most}`]
  if (belowFloor !== undefined) parts.push(`≥ floor − ${belowFloor}`)
  return parts.filter((part) => part !== '').join(', ')
}
