import { statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { learn, restingTraining } from '../acts/train.ts'
import { filesBelow, type Stage } from '../stage.ts'
import type { Fault } from './fault.ts'

/** It goes on from where it can, or says why not, and never ends in a fault. */
async function learnAgain(stage: Stage): Promise<readonly string[]> {
  const job = await learn(stage)
  if (job.failure?.code === 'program-fault') return [`a training ended in a fault: ${job.failure.details ?? ''}`]
  return job.failure ? [`a training whose checkpoint was cut off does not go on: ${job.failure.message}`] : []
}

export const checkpointTruncated: Fault = {
  kind: 'checkpoint-truncated',
  what: 'what a training that rests keeps is cut off',
  async inject(stage, random) {
    if ((await restingTraining(stage)) === null) await learn(stage)
    const kept = filesBelow(join(stage.paths.homeFolder, 'trainings')).filter((path) => statSync(path).size > 0)
    if (kept.length === 0) return { detail: 'nothing was kept yet' }
    const path = kept[random.integer(kept.length)]
    const { size } = statSync(path)
    const left = random.integer(size)
    truncateSync(path, left)
    const name = path.slice(path.indexOf('trainings'))
    return { detail: `${name}: ${left} of ${size} bytes are left`, aftermath: () => learnAgain(stage) }
  },
}
