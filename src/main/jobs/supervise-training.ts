import { CancelledError, failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { RESTING } from '../compute/workers/resting.ts'
import type { StepEnd } from './compute-step.ts'
import { createStallWatch, type Stall } from './stall-watch.ts'
import { systemClock, type Clock, type RunCommand, type RunControl } from './work.ts'

/** @param singerIndex in the order of the request */
type OnPoint = (point: TrainingPoint, singerIndex: number) => void

/** The heavy part of a training, as a worker does it; begun again it goes on from its last checkpoint. */
export type TrainingStep<Kind extends TrainingKind> = (control: RunControl, onPoint: OnPoint) => Promise<StepEnd<Kind>>
/** Singers, emotion models, vocoders and domains are learned under the same watch. */
type TrainingKind = 'train' | 'train-emotions' | 'train-vocoder' | 'train-translation'

export interface Supervision {
  /** Asked before the start and at each checkpoint; a problem ends the training, which can be gone on with. */
  readonly findProblem: () => Promise<Failure | null>
  readonly onPoint: OnPoint
  /** A checkpoint's problem could not be asked for: no reason to stop what learns. */
  readonly onUnanswered: (cause: unknown) => void
  readonly clock?: Clock
}

/** One that stands still is started again once; the second time it is told. */
const MOST_STALLS = 2

/**
 * Has a training learn while its steps and its disk are watched. Throws FailureError: disk-full, or engine-stopped
 * when it stood still twice, beside what the step itself throws.
 */
export async function superviseTraining<Kind extends TrainingKind>(
  step: TrainingStep<Kind>,
  control: RunControl,
  supervision: Supervision,
): Promise<StepEnd<Kind>> {
  const problem = await supervision.findProblem()
  if (problem !== null) throw new FailureError(problem)
  for (let stalls = 1; ; stalls++) {
    const end = await watchOnce(step, control, supervision)
    if (end.kind !== 'stalled') return end
    if (stalls === MOST_STALLS) throw new FailureError(stoodStill(end.stall))
    const { silentSec, usualSec } = end.stall
    control.progress.report(
      0,
      `starting again: no step for ${seconds(silentSec)}, usually one takes ${seconds(usualSec)}`,
    )
  }
}

type Watched<Kind extends TrainingKind> = StepEnd<Kind> | { readonly kind: 'stalled'; readonly stall: Stall }

async function watchOnce<Kind extends TrainingKind>(
  step: TrainingStep<Kind>,
  control: RunControl,
  supervision: Supervision,
): Promise<Watched<Kind>> {
  const commands: ((command: RunCommand) => void)[] = []
  // What is to be finished before it has begun would count as dropped: it waits until there is something to keep.
  const held: (() => void)[] = []
  let hasBegun = false
  const seen: { stall: Stall | null; problem: Failure | null } = { stall: null, problem: null }
  const tell = (wanted: RunCommand) => commands.forEach((listener) => listener(wanted))
  const watch = createStallWatch((found) => {
    seen.stall = found
    // Only the worker is ended: what the person asked for still stands.
    tell('cancel')
  }, supervision.clock ?? systemClock)
  const watched: RunControl = {
    onCommand(listener) {
      commands.push(listener)
      control.onCommand((wanted) => {
        if (wanted === 'finish' && !hasBegun) held.push(() => listener(wanted))
        else listener(wanted)
      })
    },
    progress: {
      report(fraction, phase) {
        if (fraction > 0 && !hasBegun) {
          hasBegun = true
          for (const tellNow of held) tellNow()
        }
        watch.hear(phase?.startsWith(RESTING) === true)
        control.progress.report(fraction, phase)
      },
      get isCancelled() {
        return control.progress.isCancelled
      },
    },
  }
  try {
    const end = await step(watched, (point, singerIndex) => {
      supervision.onPoint(point, singerIndex)
      if (point.heldOutLoss === null) return
      supervision
        .findProblem()
        .then((found) => {
          if (found === null) return
          seen.problem = found
          tell('pause')
        })
        .catch(supervision.onUnanswered)
    })
    if (end.kind === 'paused' && seen.problem !== null) throw new FailureError(seen.problem)
    return end
  } catch (cause) {
    const wasStall = cause instanceof CancelledError && !control.progress.isCancelled
    if (wasStall && seen.stall !== null) return { kind: 'stalled', stall: seen.stall }
    throw cause
  } finally {
    watch.stop()
  }
}

const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`

const stoodStill = ({ silentSec }: Stall): Failure =>
  failure(
    'engine-stopped',
    `The training took no step for ${seconds(silentSec)}. It was started again, and it stood still a second time.`,
    'Go on: it starts from its last checkpoint. If it stands still again, choose another engine in the preferences.',
  )
