import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyByVocoder } from '../../../../../src/main/compute/tasks/copy-synthesis.ts'
import { readMono } from '../../../../../src/main/compute/training/read-mono.ts'
import { CancelledError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { writeVocoderFile } from '../../../../../src/shared/formats/vocoder-file.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../../../support/sung-voice.ts'
import { contextOfTask } from '../../../../support/task-context.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { tinyVocoder, tinyVocoderCard } from '../../../../support/tiny-vocoder.ts'

function requestFor(sound: Float32Array) {
  const home = temporaryFolder()
  const vocoderPath = join(home, 'tom.vocoder')
  writeFileSync(vocoderPath, writeVocoderFile(tinyVocoder, tinyVocoderCard))
  const sourcePath = writeVoice(join(home, 'clip.wav'), [sound])
  return { home, request: { sourcePath, vocoderPath, outPath: join(home, 'copy.wav'), seed: 1 } }
}

test('a clip is sung again at its own rate, as long as it is, louder where it is louder, the same each time', async () => {
  const sound = sungVoice('low').slice(0, VOICE_RATE_HZ / 2)
  const { home, request } = requestFor(sound)
  expect(await copyByVocoder(request, contextOfTask())).toEqual({ kind: 'done', result: { kind: 'copy-synthesis' } })
  const copy = readMono(request.outPath)
  expect([copy.rateHz, copy.mono.length]).toEqual([VOICE_RATE_HZ, sound.length])
  const softly = requestFor(sound.map((sample) => sample / 8))
  await copyByVocoder(softly.request, contextOfTask())
  const soft = readMono(softly.request.outPath).mono
  const farthest = soft.reduce((most, sample, at) => Math.max(most, Math.abs(8 * sample - copy.mono[at])), 0)
  expect(farthest).toBeLessThan(1e-4)
  expect(copy.mono.some((sample) => Math.abs(sample) > 0.01)).toBe(true)
  await copyByVocoder({ ...request, outPath: join(home, 'again.wav') }, contextOfTask())
  expect(readMono(join(home, 'again.wav')).mono).toEqual(copy.mono)
  expect(readdirSync(home).toSorted()).toEqual(['again.wav', 'clip.wav', 'copy.wav', 'tom.vocoder'])
})

test('of a silent clip and of one that was called off nothing is left behind', async () => {
  const silent = requestFor(new Float32Array(VOICE_RATE_HZ / 2))
  await expect(copyByVocoder(silent.request, contextOfTask())).rejects.toThrow(/every sample is zero/)
  const calledOff = requestFor(sungVoice('low').slice(0, VOICE_RATE_HZ / 2))
  await expect(
    copyByVocoder(calledOff.request, contextOfTask({ progress: { ...silentProgress, isCancelled: true } })),
  ).rejects.toThrow(CancelledError)
  for (const { home } of [silent, calledOff]) expect(readdirSync(home).toSorted()).toEqual(['clip.wav', 'tom.vocoder'])
})
