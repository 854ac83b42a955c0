import { emotionBars, HEARD_STEPS, type EmotionFigures, type EmotionRow, type SingerShares } from './emotion-report.ts'
import { singerJudgeNames } from './measure-singers.ts'
import { acousticNames, INTENSITIES } from './measure-emotions.ts'

const NUMBER_WIDTH = 7

/** The figures beside their bars, for the terminal. */
export function formatEmotionFigures(figures: EmotionFigures): string {
  const { delivery, people, isParted, ceiling, emotions, samePersonReal, samePersonPerformed } = figures
  const chance = (1 / (emotions.length + 1)).toFixed(2)
  const real = Object.entries(ceiling).map(([id, share]) => `${id} ${share.toFixed(2)}`)
  return [
    `${delivery}: ${people.length} people (${people.join(', ')}), each judged by others who were never converted; tables from ${isParted ? 'yet others' : 'the same others as the judge (too few people to part them)'}.`,
    `Ceiling, real recordings named right (chance ${chance}): ${real.join(', ')}; mean of the emotions ${emotionMean(ceiling).toFixed(2)}. Persons named right on real neutral recordings: ${samePersonReal.toFixed(2)}, on real emotional ones: ${samePersonPerformed.toFixed(2)}.`,
    '',
    `${'p(wanted) at intensity'.padEnd(24)}${INTENSITIES.map((a) => String(a).padStart(NUMBER_WIDTH)).join('')}   gain      hit at 1  at 1.5   n`,
    ...emotions.map(wantedLine),
    '',
    ...barLines(figures),
    '',
    `${'acoustics'.padEnd(24)}${INTENSITIES.map((a) => String(a).padStart(NUMBER_WIDTH)).join('')}   real difference`,
    ...emotions.flatMap(acousticLines),
    ...monotonicLines(figures),
    '',
  ].join('\n')
}

function wantedLine({ emotionId, wanted, hits, gain, isNonDecreasing, n }: EmotionRow): string {
  const numbers = wanted.map((value) => value.toFixed(2).padStart(NUMBER_WIDTH)).join('')
  const verdict = `${mark(gain >= emotionBars.leastGain)}${isNonDecreasing ? ' rising ✓' : ' falls ✗'}`
  const [full, beyond] = [1, 1.5].map((intensity) => hits[INTENSITIES.findIndex((a) => a === intensity)].toFixed(2))
  return `${emotionId.padEnd(24)}${numbers}   ${gain.toFixed(2)}${verdict}   ${full}     ${beyond}   ${n}`
}

function barLines(figures: EmotionFigures): string[] {
  const { hitAt1, hitBeyond, samePerson, stillSamePerson, notesKept, worstNoteCents, noteCount, identical, delivery } =
    figures
  const { hitAt1: bar, hitBeyond: barBeyond, goalSpoken, goalSung, samePerson: barPerson, noteCents } = emotionBars
  const goal = delivery === 'sung' ? goalSung : goalSpoken
  return [
    `Mean hit rate at 1: ${hitAt1.toFixed(2)} (bar ≥ ${bar})${mark(hitAt1 >= bar)}, goal ≥ ${goal}${mark(hitAt1 >= goal)}; at 1.5: ${hitBeyond.toFixed(2)} (bar ≥ ${barBeyond})${mark(hitBeyond >= barBeyond)}`,
    `The same person at 1: ${samePerson.toFixed(2)} (bar ≥ ${barPerson})${mark(samePerson >= barPerson)}; of recordings that are named right themselves ${stillSamePerson.toFixed(2)}`,
    `Intensity 0 is the source, bit for bit: ${identical.toFixed(2)} of conversions (bar 1)${mark(identical === 1)}`,
    ...(notesKept === null
      ? []
      : [
          `Notes whose median stays within ${noteCents} cents: ${(100 * notesKept).toFixed(1)} % of ${noteCount} (bar 100 %)${mark(notesKept === 1)}, the worst ${worstNoteCents?.toFixed(0) ?? '–'} cents`,
        ]),
    ...singerLines(figures),
  ]
}

const JUDGE_WORDS = { raw: 'raw', centered: 'cmn', cepstral: 'mfcc', cepstralCentered: 'mfcc cmn' } as const

function singerLines({ singers }: EmotionFigures): string[] {
  if (singers === null) return []
  const words = ({ named, n }: SingerShares) =>
    `${singerJudgeNames.map((name) => `${JUDGE_WORDS[name]} ${named[name].toFixed(2)}`).join(', ')} (n ${n})`
  return [
    `Sung by another singer in the same render, that singer is named: without an emotion ${words(singers.without)}; with one at 1 ${words(singers.withEmotion)}`,
  ]
}

/** How many of the acoustics go one way up to 1, and of those how many the way of real people. */
function monotonicLines({ emotions }: EmotionFigures): string[] {
  const all = emotions.flatMap((row) => row.acoustics.map((values, index) => ({ row, values, index })))
  const oneWay = all.filter(({ row, index }) => row.areMonotonic[index])
  const asReal = oneWay.filter(
    ({ row, values, index }) => Math.sign(changeAtOne(values)) === Math.sign(row.realDifferences[index]),
  )
  const heard = all.filter(({ row, index }) => row.areHeard[index])
  const heardOneWay = heard.filter(({ row, index }) => row.areMonotonic[index])
  const steps = acousticNames.map((name, index) => name.replace(', ', ` ${HEARD_STEPS[index]} `)).join(', ')
  return [
    `Acoustics that go one way from 0 to 1: ${oneWay.length} of ${all.length}, ${asReal.length} of them as real people’s.`,
    `Of those that move by what can be heard (${steps}): ${heardOneWay.length} of ${heard.length}.`,
  ]
}

const changeAtOne = (values: readonly number[]): number => values[INTENSITIES.findIndex((a) => a === 1)] - values[0]

function acousticLines({ emotionId, acoustics, realDifferences, areMonotonic }: EmotionRow): string[] {
  return acoustics.map((values, index) => {
    const name = `${emotionId} ${acousticNames[index]}`.padEnd(28)
    const numbers = values.map((value) => value.toFixed(1).padStart(NUMBER_WIDTH)).join('')
    const isAsReal = Math.sign(changeAtOne(values)) === Math.sign(realDifferences[index])
    return `${name}${numbers}   ${realDifferences[index].toFixed(1)}  ${areMonotonic[index] ? 'one way' : 'turns'}, ${isAsReal ? 'as real people' : 'against real people'}`
  })
}

function emotionMean(ceiling: Readonly<Record<string, number>>): number {
  const emotions = Object.entries(ceiling).filter(([id]) => id !== 'neutral')
  return emotions.reduce((sum, [, share]) => sum + share, 0) / Math.max(emotions.length, 1)
}

const mark = (isMet: boolean): string => (isMet ? ' ✓' : ' ✗')
