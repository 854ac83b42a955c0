import { median } from '../../../shared/evaluation/index.ts'
import type { TranslationFigures } from './measure-translation.ts'

/** A melody is kept where its median lies within half a semitone. */
export const KEPT_CENTS = 50

/** How many clips keep their melody, of those that have one, and how many are heard as the domain that they were translated into. */
export function summarize({ clips }: Pick<TranslationFigures, 'clips'>) {
  const melodic = clips.filter(({ hasMelody }) => hasMelody)
  return {
    count: clips.length,
    melodies: melodic.length,
    kept: melodic.filter(({ medianCents }) => medianCents !== null && medianCents < KEPT_CENTS).length,
    moved: clips.filter(({ to, heardAs }) => heardAs === to).length,
    voicingDisagreement: median(melodic.map(({ voicingDisagreement }) => voicingDisagreement)),
    medianCents: median(melodic.flatMap(({ medianCents }) => medianCents ?? [])),
  }
}

/** For a terminal: a line for each pair of domains, then all of them, the ceiling and the floor. */
export function formatTranslationReport(figures: TranslationFigures): string {
  const { clips, ceiling, floorCents } = figures
  const pairs = [...new Set(clips.map(({ from, to }) => `${from} → ${to}`))]
  const lines = pairs.map((pair) => lineOf(pair, { clips: clips.filter(({ from, to }) => `${from} → ${to}` === pair) }))
  return [
    ...lines,
    lineOf('all', figures),
    `ceiling: the recordings themselves are heard rightly in ${ceiling.told} of ${ceiling.of}, and lie 0 cents from their melody`,
    `floor: untranslated, ${ceiling.of - ceiling.told} of ${ceiling.of} are heard as another domain; unlike melodies lie ${cents(floorCents)} from each other`,
    '',
  ].join('\n')
}

function lineOf(name: string, figures: Pick<TranslationFigures, 'clips'>): string {
  const { count, melodies, kept, moved, medianCents, voicingDisagreement } = summarize(figures)
  const voicing =
    voicingDisagreement === null ? '' : `, voiced otherwise for ${(100 * voicingDisagreement).toFixed(0)} % of the time`
  return `${name}: melody within ${KEPT_CENTS} cents in ${kept} of ${melodies}, median ${cents(medianCents)}${voicing}; heard as the target in ${moved} of ${count}`
}

const cents = (value: number | null): string => (value === null ? 'no cents' : `${value.toFixed(1)} cents`)
