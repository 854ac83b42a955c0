import '@tensorflow/tfjs-backend-cpu'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { EmotionRequest } from '../../../../../src/main/compute/emotions/emotion-model.ts'
import { translateRegion } from '../../../../../src/main/compute/emotions/relgan-region.ts'
import { openEmotionModel, prepareEmotion } from '../../../../../src/main/compute/emotions/translators.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { scratchInMemory } from '../../../../../src/shared/base/scratch.ts'
import { ANALYSIS_RATE_HZ } from '../../../../../src/shared/conversion/features.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { planSpan } from '../../../../../src/shared/conversion/windows.ts'
import { writeEmotionFile } from '../../../../../src/shared/formats/emotion-file.ts'
import { plainKernels } from '../../../../../src/shared/kernels/kernels.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'
import { tinyRelgan, tinyRelganCard } from '../../../../support/tiny-relgan.ts'

beforeAll(() => setBackend('cpu'))

/** A buzz that glides by a fifth, with a pause: spoken, not sung. */
const buzz = Float32Array.from({ length: Math.round(0.9 * ANALYSIS_RATE_HZ) }, (_, index) => {
  const sec = index / ANALYSIS_RATE_HZ
  const phase = 2 * Math.PI * (150 * sec + 30 * sec * sec)
  const isPause = sec > 0.4 && sec < 0.5
  return isPause ? 0 : [1, 2, 3, 4, 5].reduce((sum, k) => sum + Math.sin(k * phase) / k, 0) * 0.1
})
const source = sourceOf([buzz], ANALYSIS_RATE_HZ)
const span = planSpan(source, 0, buzz.length)
const request = (more: Partial<EmotionRequest>): EmotionRequest => ({
  span,
  intensity: 1,
  delivery: 'spoken',
  resample: () => {
    throw new Error('the sound has the right rate')
  },
  kernels: plainKernels,
  backend: { id: 'cpu', label: 'plain', version: '', device: null, memoryBytes: null },
  openScratch: scratchInMemory,
  progress: silentProgress,
  ...more,
})
const rowOf = (translated: Awaited<ReturnType<typeof translateRegion>>, frame: number) => {
  const row = new Float64Array(64)
  translated.shapes?.read(frame, row)
  return row
}

describe('a region is translated', () => {
  test('by every frame’s own intensity: nothing where it is 0, something where it is not, no tensor left', async () => {
    const half = Float64Array.from({ length: span.frameCount }, (_, frame) => (frame < 110 ? 0 : 1))
    const before = memory().numTensors
    const translated = await translateRegion(tinyRelgan(), 'angry', request({ intensity: half }))
    expect(memory().numTensors).toBe(before)
    for (const frame of [0, 50, 109]) {
      expect(rowOf(translated, frame).every((value) => value === 0)).toBe(true)
      expect(translated.level?.[frame]).toBe(0)
      expect(translated.pitch?.[frame]).toBe(0)
    }
    expect(rowOf(translated, 140).some((value) => Math.abs(value) > 0.05)).toBe(true)
    expect(rowOf(translated, 140).every((value) => Math.abs(value) <= 4)).toBe(true)
  })

  test('with the pitch moved when it is spoken, and kept when it is sung', async () => {
    const spoken = await translateRegion(tinyRelgan(), 'angry', request({}))
    // From 150 to 180 Hz around the voice's own mean.
    const mean = (spoken.pitch ?? new Float64Array(0)).reduce((sum, octaves) => sum + octaves, 0) / span.frameCount
    expect(mean).toBeCloseTo(Math.log2(1.2), 1)
    expect((await translateRegion(tinyRelgan(), 'angry', request({ delivery: 'sung' }))).pitch).toBeNull()
  })

  test('to nothing where nothing sounds', async () => {
    const silence = sourceOf([new Float32Array(9600)], ANALYSIS_RATE_HZ)
    const found = await translateRegion(tinyRelgan(), 'happy', request({ span: planSpan(silence, 0, 9600) }))
    expect(found).toEqual({ pitch: null, breath: null, shapes: null, level: null })
  })
})

test('a model in a folder knows all its emotions but neutral, is found by its manifest, and asks nothing at 0', async () => {
  const folder = makeTemporaryFolder()
  try {
    const own = join(folder, 'own')
    mkdirSync(own)
    writeFileSync(join(own, 'manifest.json'), JSON.stringify({ translator: 'relgan' }))
    writeFileSync(join(own, 'model.safetensors'), writeEmotionFile(tinyRelgan(), tinyRelganCard))
    const model = openEmotionModel(own)
    expect(model.emotionIds).toEqual(['angry', 'happy'])
    const prepared = await prepareEmotion(model, 'happy', request({ intensity: 0 }))
    expect(prepared.pitch(new Float32Array(4), { intensity: 0, isSung: false })).toBeNull()
    await expect(prepareEmotion(model, 'fearful', request({}))).rejects.toThrow(/knows angry, happy/)
    writeFileSync(join(own, 'model.safetensors'), new Uint8Array(64))
    expect(() => openEmotionModel(own)).toThrow()
  } finally {
    removeFolder(folder)
  }
})
