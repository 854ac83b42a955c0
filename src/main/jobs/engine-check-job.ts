import { subProgress, throwIfCancelled } from '../../shared/base/progress.ts'
import { computeStep } from './compute-step.ts'
import type { JobContext } from './job-context.ts'
import type { RunControl, Work } from './work.ts'

/** The self-tests take most of the time; the conversion is timed after them. */
const TESTS_SHARE = 0.6

/** Tries every engine anew and measures what this machine can do. Asked twice at once, it is done once. */
export function engineCheckWork(context: JobContext): Work {
  return {
    kind: 'engine-check',
    title: 'Checking the compute engine',
    subject: { kind: 'machine' },
    lane: 'machine',
    priority: 'visible',
    shareKey: 'engine-check',
    replaceKey: null,
    run: async (control) => {
      await testEngines(control, context)
      throwIfCancelled(control.progress)
      const progress = subProgress(control.progress, TESTS_SHARE, 1)
      const rest = { ...control, progress }
      const step = await computeStep(context.pool, 'interactive', { kind: 'measure', request: {} }, rest)
      if (step.kind === 'paused') return step
      await context.engine.put(step.result.speed)
      return { kind: 'done', outcome: { kind: 'engine-check' } }
    },
  }
}

async function testEngines(control: RunControl, { roster }: JobContext): Promise<void> {
  const cancelling = new AbortController()
  control.onCommand((wanted) => wanted === 'cancel' && cancelling.abort())
  const tests = subProgress(control.progress, 0, TESTS_SHARE)
  await roster.test({ isForced: true, signal: cancelling.signal, onPhase: tests.report })
}
