import { failure, FailureError } from '../../shared/base/errors.ts'
import { engineCheckWork } from '../jobs/engine-check-job.ts'
import { engineInstallWork, removeEngine } from '../jobs/engine-install-job.ts'
import { isUnderWay } from '../jobs/queue.ts'
import type { Handlers } from './handlers.ts'

type EngineVerbs = Pick<Handlers, Extract<keyof Handlers, `engine:${string}`>>

export const engineVerbs: EngineVerbs = {
  'engine:describe': (_request, { engine }) => engine.describe(),
  'engine:measure': async (_request, context) => ({ jobId: context.queue.add(engineCheckWork(context)) }),
  'engine:install': async ({ variant }, context) => {
    const { native } = await context.engine.describe()
    // Said at once, and not by a job that fails.
    if (native.obstacle !== null) throw new FailureError(failure('engine-unavailable', native.obstacle))
    return { jobId: context.queue.add(engineInstallWork(variant, context)) }
  },
  'engine:remove': async (_request, context) => {
    const installing = context.queue.list().find((job) => job.kind === 'engine-install' && isUnderWay(job))
    if (installing !== undefined) {
      throw new FailureError(failure('request-invalid', `“${installing.title}” is not over.`, 'Cancel it first.'))
    }
    await removeEngine(context)
    return {}
  },
}
