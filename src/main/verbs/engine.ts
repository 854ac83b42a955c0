import { engineCheckWork } from '../jobs/engine-check-job.ts'
import type { Handlers } from './handlers.ts'

export const engineVerbs: Pick<Handlers, 'engine:describe' | 'engine:measure'> = {
  'engine:describe': (_request, { engine }) => engine.describe(),
  'engine:measure': async (_request, context) => ({ jobId: context.queue.add(engineCheckWork(context)) }),
}
