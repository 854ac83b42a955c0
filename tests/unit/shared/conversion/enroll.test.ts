import { beforeAll, expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { analyzeClip, type ClipFeatures } from '../../../../src/shared/conversion/clip-features.ts'
import { enrollSinger } from '../../../../src/shared/conversion/enroll.ts'
import { KEY_WIDTH } from '../../../../src/shared/conversion/key.ts'
import type { PreparedSinger } from '../../../../src/shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { sungSource, untrainedSinger } from '../../../support/singers.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

let singer: PreparedSinger
let clip: ClipFeatures
beforeAll(() => {
  singer = untrainedSinger(130)
  clip = analyzeClip(sourceOf([sungSource(24_000, 1)], 24_000), sincResample, silentProgress)
})

test('a singer’s range surrounds the pitch of the clip', () => {
  const { lowestHz, highestHz, medianLog2F0 } = singer.model
  expect(lowestHz).toBeGreaterThan(110)
  expect(highestHz).toBeLessThan(155)
  expect(2 ** medianLog2F0).toBeGreaterThan(lowestHz)
  expect(2 ** medianLog2F0).toBeLessThan(highestHz)
})

test('a low band of a voice holds more harmonics than a high one', () => {
  const [low, , , , high] = singer.model.bandHarmonicsToNoiseDb
  expect(low).toBeGreaterThan(high)
  expect(low).toBeGreaterThan(10)
})

test('the bank holds the values that 8 bits over −10…8 give back', () => {
  const { shapes, f0, energy, clipFrameCounts } = singer.model.bank
  expect(clipFrameCounts).toEqual([f0.length])
  expect(energy.length).toBe(f0.length)
  expect(shapes.length).toBe(64 * f0.length)
  for (const value of shapes) {
    const step = ((value + 10) / 18) * 255
    expect(Math.abs(step - Math.round(step))).toBeLessThan(1e-4)
  }
})

test('only active frames become neighbors, each with key, shape and picture', () => {
  const { bank } = singer
  expect(bank.count).toBeGreaterThan(50)
  expect(bank.count).toBeLessThan(singer.model.bank.f0.length)
  expect(bank.keys.length).toBe(KEY_WIDTH * bank.count)
  expect(bank.shapes.length).toBe(64 * bank.count)
  expect(bank.pictures.every(Number.isFinite)).toBe(true)
})

test('clips without any pitch make no singer', () => {
  const { config, parameters, row, meanShape, spread } = singer.model
  const unvoiced = { ...clip, f0: new Float32Array(clip.f0.length) }
  expect(() => enrollSinger({ config, parameters, row, meanShape, spread }, [unvoiced])).toThrow('No pitch was found')
})
