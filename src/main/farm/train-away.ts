import { CancelledError, failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import { silentProgress, subProgress } from '../../shared/base/progress.ts'
import type { TrainRequest } from '../../shared/contract/compute.ts'
import { trainingRecord, type TrainingRecord } from '../../shared/contract/portable-training.ts'
import type { RunningTask, TaskListeners } from '../compute/workers/lane-task.ts'
import { RESTING } from '../compute/workers/resting.ts'
import { sendingAgain, startAway } from './away.ts'
import type { AwayOptions } from './convert-away.ts'
import type { Farm } from './farm.ts'
import { resultName, taskKey } from './task-key.ts'
import { openTrainingMirror, sendTrainingState } from './training-state.ts'
import { learnersOf, sendTraining } from './training-travel.ts'

/** Sending the clips, in the progress of the whole. */
const SENT = 0.02

/**
 * Has singers learned by whoever is free. What a training leaves on that machine's disk comes here at each check, so
 * that the singer can be heard, and the training goes on from there wherever it is: here, there, or on a third.
 */
export function trainAway(
  request: TrainRequest,
  urgency: number,
  listeners: TaskListeners,
  { openFarm, logger }: AwayOptions,
): RunningTask {
  return startAway(listeners, logger, async (away) => {
    const { progress } = away
    const farm = await openFarm()
    const { contents, trainings } = farm
    const learners = learnersOf(request)
    const clipCount = learners.reduce((sum, { clips }) => sum + clips.length, 0)
    return sendingAgain(clipCount, logger, async (isAnew) => {
      progress.report(0, 'sending the clips')
      const state = await sendTrainingState(learners, contents, silentProgress)
      const begun = state.some(({ files }) => files.length > 0) ? state : null
      const payload = await sendTraining(request, begun, contents, subProgress(progress, 0, SENT))
      const key = taskKey(payload)
      const follower = followRecord(key, farm, openTrainingMirror(learners, contents, begun), listeners)
      if ((await recordOf(key, farm))?.result == null) {
        progress.report(SENT, `${RESTING}: waiting for a machine`)
        const own = subProgress(progress, SENT, 1)
        const end = await away.follow(
          trainings,
          { key, urgency, payload, isAnew },
          {
            onProgress: ({ fraction, phase, sequence = 0 }) => {
              own.report(fraction, phase)
              follower.hear(sequence)
            },
            onTakeover: () => own.report(0, `${RESTING}: another machine takes it over`),
          },
        )
        if (end.kind === 'failed') throw new FailureError(end.failure)
        if (end.kind === 'cancelled') throw new CancelledError()
        await follower.catchUp()
        if (end.kind === 'paused') return { kind: 'paused' }
      }
      const record = await follower.catchUp()
      if (record?.result == null) throw new FailureError(recordGone(farm))
      return { kind: 'done', result: record.result }
    })
  })
}

/** Brings here what the record of a training tells, as often as it grows. */
interface RecordFollower {
  /** It grew to this; brought here soon, and what fails is brought with the next. */
  hear(sequence: number): void
  /** Everything that is told by now. Throws FailureError. */
  catchUp(): Promise<TrainingRecord | null>
}

function followRecord(
  key: string,
  farm: Farm,
  mirror: ReturnType<typeof openTrainingMirror>,
  { onTrainingPoint }: TaskListeners,
): RecordFollower {
  let heard = 0
  let followed = 0
  let toldPoints = 0
  let turn: Promise<unknown> = Promise.resolve()
  const bring = async (): Promise<TrainingRecord | null> => {
    const record = await recordOf(key, farm)
    if (record === null || record.sequence === followed) return record
    await mirror.put(record.state, silentProgress)
    followed = record.sequence
    // A checkpoint is told when its files are here.
    for (const { point, singerIndex } of record.points.slice(toldPoints)) onTrainingPoint?.(point, singerIndex)
    toldPoints = Math.max(toldPoints, record.points.length)
    return record
  }
  const inTurn = () => {
    const own = turn.then(bring)
    turn = own.catch(() => {})
    return own
  }
  return {
    hear(sequence) {
      if (sequence <= heard) return
      heard = sequence
      inTurn().catch(() => {}) // the next one, or the end, brings it
    },
    catchUp: inTurn,
  }
}

const recordOf = async (key: string, { contents }: Farm): Promise<TrainingRecord | null> =>
  trainingRecord.safeParse(await contents.readRecord(resultName(key))).data ?? null

const recordGone = ({ contents }: Farm): Failure =>
  failure(
    'content-missing',
    `A machine learned this, but what it learned is not in ${contents.store.place}.`,
    'See that every machine uses the same store.',
  )
