import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sourcePath } from '../../../../src/main/files/media-folder.ts'
import { createWavWriter } from '../../../../src/main/files/wav-file.ts'
import { emotionWorkFolder } from '../../../../src/main/jobs/emotion-files.ts'
import { clipsFolder } from '../../../../src/main/jobs/singer-files.ts'
import { applicationPaths } from '../../../../src/main/paths.ts'
import type { EmotionModelId, SourceId } from '../../../../src/shared/base/id.ts'
import { emotionAuditionMediaId } from '../../../../src/shared/contract/media.ts'
import { writeEmotionFile } from '../../../../src/shared/formats/emotion-file.ts'
import { ask, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { createScriptedWorker } from '../../../support/scripted-worker.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyRelgan, tinyRelganCard } from '../../../support/tiny-relgan.ts'

const modelId = 'moods' as EmotionModelId
const clipId = 'c'.repeat(64) as SourceId
const RATE_HZ = 48_000

function writeSound(path: string, durationSamples: number): void {
  const writer = createWavWriter(path, { rateHz: RATE_HZ, channelCount: 1, encoding: 'float32' })
  writer.write([new Float32Array(durationSamples).fill(0.1)])
  writer.finish()
}

/** A library with one clip of ten seconds and a model at step 20. */
async function open() {
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: temporaryFolder() })
  const folder = join(emotionWorkFolder(modelId, paths), 'checkpoints')
  mkdirSync(folder, { recursive: true })
  const step = join(folder, 'step-000020.emotion')
  writeFileSync(step, writeEmotionFile(tinyRelgan(), tinyRelganCard))
  const worker = createScriptedWorker('convert')
  const application = await openApplication(paths, worker.fork)
  onTestFinished(() => application.close())
  return { paths, application, worker }
}
const wanted = { modelId, step: 20, clipId, sourceEmotion: 'angry', emotion: 'happy', intensity: 1.5 }

test('a checkpoint makes another emotion of a clip, told what the clip itself is, without anybody else’s voice', async () => {
  const { paths, application, worker } = await open()
  const clipPath = sourcePath(clipsFolder(paths), clipId)
  mkdirSync(dirname(clipPath), { recursive: true })
  writeSound(clipPath, 10 * RATE_HZ)
  expect(await ask(application, 'emotion:checkpoints', { modelId })).toEqual([20])
  const { jobId } = await ask(application, 'emotion:hearCheckpoint', wanted)
  await expect.poll(() => worker.taken.length).toBe(1)
  const [{ taskId, request }] = worker.taken
  expect(request).toMatchObject({
    durationSamples: 8 * RATE_HZ,
    sourceEmotion: 'angry',
    performance: { strength: 0, emotion: { emotionId: 'moods/happy', intensity: 1.5 } },
  })
  writeSound(request.outPath, request.durationSamples)
  const report = { semitones: 0, medianPitchErrorCents: null, voicingDisagreement: 0, levelChangeDb: 0 }
  const timbre = { singers: [], source: null }
  const result = {
    kind: 'convert' as const,
    ...report,
    timingOffsetSamples: 0,
    clippedSampleCount: 0,
    timbre,
    renderSec: 1,
  }
  worker.tell({ kind: 'done', taskId, result: result as never }) // of a report nothing is asked here
  const { outcome } = await application.jobEnded(jobId)
  if (outcome?.kind !== 'emotion-audition') throw new Error('nothing was made to be heard')
  for (const id of [outcome.auditionId, outcome.originalId])
    expect((await application.media(emotionAuditionMediaId(modelId, id))).ok).toBe(true)
  // Heard again it is there.
  const again = await ask(application, 'emotion:hearCheckpoint', wanted)
  expect((await application.jobEnded(again.jobId)).outcome).toEqual(outcome)
  expect(worker.taken).toHaveLength(1)
})

test('a checkpoint that is no longer kept and a model that nobody trained here are told', async () => {
  const { application } = await open()
  await expect(ask(application, 'emotion:hearCheckpoint', { ...wanted, step: 10 })).rejects.toThrow(
    /step 10 is no longer/,
  )
  expect(await ask(application, 'emotion:asked', { modelId: 'nobody' as EmotionModelId })).toBeNull()
  expect(await ask(application, 'emotion:checkpoints', { modelId: 'nobody' as EmotionModelId })).toEqual([])
})
