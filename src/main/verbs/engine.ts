import { engineCheckWork } from '../jobs/engine-check-job.ts'
import type { Handlers } from './handlers.ts'

export const engineVerbs: Pick<Handlers, 'engine:describe' | 'engine:measure'> = {
  'engine:describe': ({}, { engine }) => engine.describe(),
  'engine:measure': async ({}, context) => ({ jobId: context.queue.add(engineCheckWork(context)) }),
}
