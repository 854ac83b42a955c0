import type { Invariant } from './invariant.ts'

export const jobsEnd: Invariant = {
  claim: 'every job ends: done, cancelled, paused, or failed with a code that is no fault of the program',
  async check(stage) {
    const jobs = await stage.ask('jobs:list', {})
    return jobs.flatMap(({ title, state, failure }) => {
      if (state === 'queued' || state === 'running') return [`“${title}” is ${state} with nothing under way`]
      if (state !== 'failed') return []
      if (failure === null) return [`“${title}” failed without a word`]
      return failure.code === 'program-fault' ? [`“${title}”: ${failure.message} ${failure.details ?? ''}`] : []
    })
  },
}
