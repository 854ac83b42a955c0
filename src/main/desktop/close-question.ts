import type { DocumentState } from '../../shared/contract/desktop-bridge.ts'
import type { Job } from '../../shared/contract/jobs.ts'

export type CloseAnswer = 'save' | 'discard' | 'stay'

/** What is asked when a window with unsaved work closes, in the order of its buttons. */
export const closeAnswers: readonly CloseAnswer[] = ['save', 'discard', 'stay']

export function closeQuestion(state: DocumentState, jobs: readonly Job[]) {
  return {
    type: 'question' as const,
    buttons: ['Save', 'Don’t save', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
    message: `Save the changes to “${state.name}”?`,
    detail: ['What is not saved is lost.', fateOfJobs(jobs)].filter((sentence) => sentence !== '').join(' '),
  }
}

/** What becomes of the work that still runs. */
export function fateOfJobs(jobs: readonly Job[]): string {
  const active = jobs.filter((job) => job.state === 'running' || job.state === 'queued')
  const trainings = active.filter((job) => job.kind === 'train').length
  const others = active.length - trainings
  const sentences = [
    trainings > 0 ? `${counted(trainings, 'training')} will go on at the next start.` : '',
    others > 0 ? `${counted(others, 'other job')} will be cancelled.` : '',
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
