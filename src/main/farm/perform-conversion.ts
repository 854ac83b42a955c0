import { rm } from 'node:fs/promises'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import { convertedRecord, type PortableConversion } from '../../shared/contract/portable-task.ts'
import { fetchConversion } from './conversion-travel.ts'
import type { Performing } from './performing.ts'
import { resultName } from './task-key.ts'
import { makeTaskFolder } from './task-folders.ts'
import { untilDone } from './until-done.ts'

/** Where each part of the work ends in its progress. */
const ends = { fetched: 0.1, converted: 0.95 } as const

/** Seconds of sound that were converted, and what that took. */
export interface ConvertedTally {
  readonly soundSec: number
  readonly renderSec: number
}

/** Converts what somebody asked for; null where it was done before. Throws FailureError and CancelledError. */
export async function performConversion(
  task: PortableConversion,
  key: string,
  progress: Progress,
  signal: AbortSignal,
  { pool, contents, folder, knownFolder, shippedEmotions, rateOf }: Performing,
): Promise<ConvertedTally | null> {
  requireEmotions(task, shippedEmotions)
  if (convertedRecord.safeParse(await contents.readRecord(resultName(key))).success) return null
  const workFolder = await makeTaskFolder(folder, key)
  try {
    progress.report(0, 'fetching the sound')
    const fetching = subProgress(progress, 0, ends.fetched)
    const request = await fetchConversion(task, { workFolder, knownFolder }, contents, fetching)
    const converting = subProgress(progress, ends.fetched, ends.converted)
    const running = pool.run('interactive', { kind: 'convert', request }, { onProgress: converting.report })
    const result = await untilDone('convert', running, signal)
    const sending = subProgress(progress, ends.converted, 1)
    sending.report(0, 'sending the sound')
    const render = await contents.sendFile(request.outPath, sending)
    await contents.writeRecord(resultName(key), convertedRecord.parse({ render, result }))
    return { soundSec: task.durationSamples / rateOf(request.sourcePath), renderSec: result.renderSec }
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

function requireEmotions(task: PortableConversion, shippedEmotions: string): void {
  if (task.emotion !== null || task.performance.emotion.emotionId === 'neutral') return
  if (task.shippedEmotions === shippedEmotions) return
  throw new FailureError(
    failure(
      'engine-unavailable',
      'This is performed by emotions of another version of the program.',
      'Install the same version on all machines.',
    ),
  )
}
