import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadKernels, builtKernelsFolder } from '../../../../../src/main/compute/kernels.ts'
import { measureVocoders } from '../../../../../src/main/evaluation/vocoders/measure-vocoders.ts'
import { plainRenderers, trainedRenderer } from '../../../../../src/main/evaluation/vocoders/renderers.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'
import { tinyVocoder } from '../../../../support/tiny-vocoder.ts'

const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))

const kernels = loadKernels(builtKernelsFolder(), () => {})
const pick = (mono: Float32Array, fromHz: number, toHz: number) =>
  Float32Array.from(
    { length: Math.round((mono.length * toHz) / fromHz) },
    (_, n) => mono[Math.floor((n * fromHz) / toHz)],
  )
const tools = { resample: pick, kernels, tell: () => {} }
const fileOf = (path: string) => ({ path, sentence: '', reading: '' })

test('renderers stand side by side: the kept excitation is the recording, WORLD is near, an untrained net is far', async () => {
  const path = writeVoice(join(home, 'low.wav'), [sungVoice('low').slice(0, VOICE_RATE_HZ)])
  const { rows, people, recordingCount } = await measureVocoders(
    {
      speakers: [{ name: 'low', files: [fileOf(path)] }],
      recordingsEach: 1,
      secondsEach: 0.6,
      renderers: [...plainRenderers(kernels), trainedRenderer('mine', tinyVocoder, {}, kernels)],
    },
    tools,
  )
  expect(people).toEqual(['low'])
  expect(recordingCount).toBe(1)
  const of = (name: string) => rows.find(({ renderer }) => renderer === name)?.figures
  expect(of('kept')?.sc).toBeLessThan(1e-6)
  for (const name of ['WORLD', 'WORLD coded', 'no net']) expect(of(name)?.mel, name).toBeLessThan(of('mine')?.mel ?? 0)
  expect(of('WORLD')?.lsd).toBeLessThan(of('WORLD coded')?.lsd ?? 0)
  expect(rows.every(({ realTimeFactor }) => realTimeFactor > 0)).toBe(true)
})

test('recordings of too low a rate or length are refused in words', async () => {
  const path = writeVoice(join(home, 'short.wav'), [sungVoice('low').slice(0, 2000)])
  const asked = { speakers: [{ name: 'low', files: [fileOf(path)] }], recordingsEach: 1, secondsEach: 1, renderers: [] }
  await expect(measureVocoders(asked, tools)).rejects.toThrow('half a second')
})
