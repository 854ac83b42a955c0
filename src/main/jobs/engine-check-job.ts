import { computeStep } from './compute-step.ts'
import type { JobContext } from './job-context.ts'
import type { Work } from './work.ts'

/** Measures what this machine can do. Asked twice at once, it is done once. */
export function engineCheckWork(context: JobContext): Work {
  return {
    kind: 'engine-check',
    title: 'Checking the compute engine',
    subject: { kind: 'machine' },
    lane: 'interactive',
    priority: 'visible',
    shareKey: 'engine-check',
    replaceKey: null,
    run: async (control) => {
      const step = await computeStep(context.pool, 'interactive', { kind: 'measure', request: {} }, control)
      if (step.kind === 'paused') return step
      await context.engine.put(step.result.report)
      return { kind: 'done', outcome: { kind: 'engine-check' } }
    },
  }
}
