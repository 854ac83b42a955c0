import type { DocumentState } from '../../shared/contract/desktop-bridge.ts'
import type { Job } from '../../shared/contract/jobs.ts'

export type CloseAnswer = 'save' | 'discard' | 'close' | 'stay'

export interface CloseQuestion {
  readonly box: {
    readonly type: 'question'
    readonly buttons: string[]
    readonly defaultId: number
    readonly cancelId: number
    readonly noLink: true
    readonly message: string
    readonly detail: string
  }
  /** In the order of the buttons. */
  readonly answers: readonly CloseAnswer[]
}

/** What is asked when a window closes with unsaved work, or with work that ends with it; null where nothing is lost. */
export function closeQuestion(state: DocumentState, jobs: readonly Job[]): CloseQuestion | null {
  const fate = fateOfJobs(jobs)
  if (state.isEdited) {
    const detail = ['What is not saved is lost.', fate].filter((sentence) => sentence !== '').join(' ')
    return question(`Save the changes to “${state.name}”?`, detail, [
      ['Save', 'save'],
      ['Don’t save', 'discard'],
      ['Cancel', 'stay'],
    ])
  }
  if (endingJobs(jobs).length === 0) return null
  return question('Close while work runs?', fate, [
    ['Close', 'close'],
    ['Cancel', 'stay'],
  ])
}

function question(
  message: string,
  detail: string,
  choices: readonly (readonly [label: string, answer: CloseAnswer])[],
): CloseQuestion {
  const buttons = choices.map(([label]) => label)
  const cancelId = choices.length - 1
  return {
    box: { type: 'question', buttons, defaultId: 0, cancelId, noLink: true, message, detail },
    answers: choices.map(([, answer]) => answer),
  }
}

/** What becomes of the work that still runs. */
export function fateOfJobs(jobs: readonly Job[]): string {
  const trainings = active(jobs).filter((job) => job.kind === 'train').length
  const others = endingJobs(jobs).length
  const sentences = [
    trainings > 0 ? `${counted(trainings, 'training')} will go on at the next start.` : '',
    others > 0 ? `${counted(others, 'other job')} will be cancelled.` : '',
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

const active = (jobs: readonly Job[]): readonly Job[] =>
  jobs.filter((job) => job.state === 'running' || job.state === 'queued')

/** Trainings keep a checkpoint and go on; everything else ends with the program. */
const endingJobs = (jobs: readonly Job[]): readonly Job[] => active(jobs).filter((job) => job.kind !== 'train')

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
