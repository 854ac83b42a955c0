import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkpointShelf } from '../../../../src/main/compute/training/checkpoint-shelf.ts'
import { sourcePath } from '../../../../src/main/files/media-folder.ts'
import { clipsFolder } from '../../../../src/main/jobs/singer-files.ts'
import { vocoderWorkFolder } from '../../../../src/main/jobs/vocoder-files.ts'
import { applicationPaths } from '../../../../src/main/paths.ts'
import type { SourceId, VocoderId } from '../../../../src/shared/base/id.ts'
import { vocoderAuditionMediaId } from '../../../../src/shared/contract/media.ts'
import { writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { ask, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { createScriptedWorker } from '../../../support/scripted-worker.ts'
import { VOICE_RATE_HZ, writeVoice } from '../../../support/sung-voice.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyVocoder, tinyVocoderCard } from '../../../support/tiny-vocoder.ts'

const vocoderId = 'tom' as VocoderId
const clipId = 'c'.repeat(64) as SourceId
const wanted = { vocoderId, step: 20, clipId }
const sound = (sec: number) => [new Float32Array(sec * VOICE_RATE_HZ).fill(0.1)]

/** A library with a vocoder at step 20. */
async function open() {
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: temporaryFolder() })
  const shelf = checkpointShelf(vocoderWorkFolder(vocoderId, paths), 'vocoder')
  shelf.put(20, writeVocoderFile(tinyVocoder, tinyVocoderCard), [20])
  const worker = createScriptedWorker('copy-synthesis')
  const application = await openApplication(paths, worker.fork)
  onTestFinished(() => application.close())
  return { paths, application, worker, checkpoint: shelf.pathOf(20) }
}

test('a checkpoint sings at most eight seconds of a recording, which stand beside as they are, and only once', async () => {
  const { paths, application, worker, checkpoint } = await open()
  const clipPath = sourcePath(clipsFolder(paths), clipId)
  mkdirSync(dirname(clipPath), { recursive: true })
  writeVoice(clipPath, sound(10))
  expect(await ask(application, 'vocoder:checkpoints', { vocoderId })).toEqual([20])
  const { jobId } = await ask(application, 'vocoder:hearCheckpoint', wanted)
  await expect.poll(() => worker.taken.length).toBe(1)
  const [{ taskId, request }] = worker.taken
  expect(request.vocoderPath).toBe(checkpoint)
  writeVoice(request.outPath, sound(8))
  worker.tell({ kind: 'done', taskId, result: { kind: 'copy-synthesis' } })
  const { outcome } = await application.jobEnded(jobId)
  if (outcome?.kind !== 'vocoder-audition') throw new Error('nothing was made to be heard')
  const [sung, original] = await Promise.all(
    [outcome.auditionId, outcome.originalId].map((id) => application.media(vocoderAuditionMediaId(vocoderId, id))),
  )
  expect([sung.ok, original.ok]).toEqual([true, true])
  if (sung.ok && original.ok) expect(sung.value).not.toBe(original.value)
  const again = await ask(application, 'vocoder:hearCheckpoint', wanted)
  expect((await application.jobEnded(again.jobId)).outcome).toEqual(outcome)
  expect(worker.taken).toHaveLength(1)
})

test('a checkpoint that is no longer kept is told at once, a recording that is gone by the job', async () => {
  const { application } = await open()
  await expect(ask(application, 'vocoder:hearCheckpoint', { ...wanted, step: 10 })).rejects.toThrow(
    /step 10 is no longer/,
  )
  const { jobId } = await ask(application, 'vocoder:hearCheckpoint', wanted)
  expect((await application.jobEnded(jobId)).failure?.message).toMatch(/clip is no longer there/)
  expect(await ask(application, 'vocoder:checkpoints', { vocoderId: 'nobody' as VocoderId })).toEqual([])
})
