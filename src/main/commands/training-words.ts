import type { LearnedSinger, TrainingSummary } from '../../shared/contract/jobs.ts'
import type { TrainingMethod } from '../../shared/contract/library.ts'
import type { SingerProvenance } from '../../shared/project/singer-provenance.ts'
import { formatDuration } from '../../shared/units/time.ts'

const methodWords: Readonly<Record<TrainingMethod, string>> = {
  enroll: 'enrolled into the shipped base',
  scratch: 'learned from scratch',
  joint: 'learned together',
}

/** What a training came to, for a terminal. */
export function describeTraining(name: string, summary: TrainingSummary): string {
  const singers = summary.singers ?? []
  const names = singers.length > 1 ? singers.map((singer) => singer.name).join(', ') : name
  const early = summary.stoppedEarly ? ', stopped early because it no longer got better' : ''
  return [
    `${names} can sing: ${summary.stepCount} steps in ${formatDuration(summary.trainingSec)} on ${summary.backend}, ` +
      `best at step ${summary.bestStep} with a held-out loss of ${summary.bestHeldOutLoss.toFixed(4)}${early}.`,
    ...singers.filter(({ compared }) => compared.length > 0 || singers.length > 1).map(describeSinger),
    '',
  ].join('\n')
}

const describeSinger = ({ name, method, bestStep, compared }: LearnedSinger): string =>
  `${name}: ${methodWords[method]}, best at step ${bestStep}${compared.length === 0 ? '' : `; ${describeFigures(compared)}`}.`

/** How a singer was learned, for its card; null where the card does not tell. */
export function describeMethod({ method, singerCount = 1, compared = [] }: SingerProvenance): string | null {
  if (method === undefined) return null
  const others = singerCount > 1 ? ` with ${singerCount - 1} other${singerCount === 2 ? '' : 's'}` : ''
  return `${methodWords[method]}${others}${compared.length === 0 ? '' : `; ${describeFigures(compared)}`}`
}

const describeFigures = (compared: readonly { readonly method: TrainingMethod; readonly errorDb: number }[]): string =>
  `error on phrases held back: ${compared.map(({ method, errorDb }) => `${errorDb.toFixed(2)} dB ${methodWords[method]}`).join(', ')}`
