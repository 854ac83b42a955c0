import { copyFile } from 'node:fs/promises'
import { CancelledError, failure, FailureError, type Failure } from '../../shared/base/errors.ts'
import { subProgress } from '../../shared/base/progress.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import { convertedRecord, type ConvertedRecord } from '../../shared/contract/portable-task.ts'
import type { RunningTask, TaskListeners } from '../compute/workers/lane-task.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { Logger } from '../logger.ts'
import { sendingAgain, startAway } from './away.ts'
import { sendConversion } from './conversion-travel.ts'
import type { Farm } from './farm.ts'
import { recordName } from './store/content-list.ts'
import { resultName, taskKey } from './task-key.ts'

export interface AwayOptions {
  /** Opened at the first task. */
  readonly openFarm: () => Promise<Farm>
  /** Digest of the emotions that come with this program. */
  readonly shippedEmotions: string
  readonly logger: Logger
}

/** Where each part of a conversion ends in its progress. */
const ends = { sent: 0.05, converted: 0.95 } as const
const EMOTION_FILES = 3

/** Has a conversion done by whoever is free, and puts its sound where the request says. */
export function convertAway(
  request: ConvertRequest,
  urgency: number,
  listeners: TaskListeners,
  { openFarm, shippedEmotions, logger }: AwayOptions,
): RunningTask {
  return startAway(listeners, logger, async (away) => {
    const { progress } = away
    const farm = await openFarm()
    const { contents, conversions } = farm
    const result = await sendingAgain(contentCount(request), logger, async (isAnew) => {
      progress.report(0, 'sending the sound')
      const payload = await sendConversion(request, shippedEmotions, contents, subProgress(progress, 0, ends.sent))
      const key = taskKey(payload)
      if (isAnew) await contents.store.remove(recordName(resultName(key)))
      const made = await recordOf(key, farm)
      if (made !== null) return fetchRender(made)
      const own = subProgress(progress, ends.sent, ends.converted)
      own.report(0, 'waiting for a machine')
      const end = await away.follow(
        conversions,
        { key, urgency, payload, isAnew },
        {
          onProgress: ({ fraction, phase }) => own.report(fraction, phase),
          onTakeover: () => listeners.onRestart?.('another machine takes it over'),
        },
      )
      if (end.kind === 'failed') throw new FailureError(end.failure)
      if (end.kind !== 'done') throw new CancelledError()
      const record = await recordOf(key, farm)
      if (record === null) throw new FailureError(recordGone(farm))
      return fetchRender(record)
    })
    return { kind: 'done', result }

    async function fetchRender(record: ConvertedRecord): Promise<ConvertedRecord['result']> {
      const fetching = subProgress(progress, ends.converted, 1)
      fetching.report(0, 'fetching the sound')
      const fetched = await contents.fetchFile(record.render, fetching)
      await writeWhole(request.outPath, (passing) => copyFile(fetched, passing))
      return record.result
    }
  })
}

const contentCount = ({ blendedSingerPaths, emotionFolder, vocoderPath }: ConvertRequest): number =>
  3 +
  blendedSingerPaths.length +
  (emotionFolder === undefined ? 0 : EMOTION_FILES) +
  (vocoderPath === undefined ? 0 : 1)

/** What is known of a task that was done before; null where it was not, or where it can't be believed. */
const recordOf = async (key: string, { contents }: Farm): Promise<ConvertedRecord | null> =>
  convertedRecord.safeParse(await contents.readRecord(resultName(key))).data ?? null

const recordGone = ({ contents }: Farm): Failure =>
  failure(
    'content-missing',
    `A machine converted this, but what it made is not in ${contents.store.place}.`,
    'See that every machine uses the same store.',
  )
