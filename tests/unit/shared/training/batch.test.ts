import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { augmentedBatch, plainBatch } from '../../../../src/shared/training/batch.ts'
import { activeClipMean, measureNormalization } from '../../../../src/shared/training/normalization.ts'
import { createClip } from '../../../support/training-clips.ts'

const clip = createClip(1, 400)
const spans = [{ clipIndex: 0, startFrame: 0, frameCount: 400 }]
const source = {
  clips: [clip],
  clipMeans: [activeClipMean(clip)],
  normalization: measureNormalization([clip], spans),
}
const crop = { clipIndex: 0, startFrame: 37, frameCount: 160 }
const band = (map: (giver: number, receiver: number) => number) => ({
  matrix: Float64Array.from({ length: 64 * 64 }, (_, index) => map(Math.floor(index / 64), index % 64)),
})

test('shapes are normalized to mean 0 and spread 1 over active frames', () => {
  let sum = 0
  let squares = 0
  let count = 0
  for (let start = 0; start < 320; start += 160) {
    const { target } = plainBatch(source, [{ clipIndex: 0, startFrame: start, frameCount: 160 }])
    for (let row = 0; row < 160; row++) {
      if (!clip.active[start + row]) continue
      for (let k = 0; k < 64; k++) {
        sum += target[row * 64 + k]
        squares += target[row * 64 + k] ** 2
        count++
      }
    }
  }
  expect(sum / count).toBeCloseTo(0, 1)
  expect(squares / count).toBeCloseTo(1, 1)
})

test('an augmented batch changes the encoder and the decoder offsets, never the target', () => {
  const shift = band((giver, receiver) => (giver === Math.min(receiver + 3, 63) ? 1 : 0))
  const plain = plainBatch(source, [crop])
  const changed = augmentedBatch(source, [crop], () => shift, createRandom(2))
  expect(changed.target).toEqual(plain.target)
  expect(changed.encoderInput).not.toEqual(plain.encoderInput)
  const offsets = Array.from({ length: 160 }, (_, row) => changed.auxiliary[row * 3] - plain.auxiliary[row * 3])
  for (const offset of offsets) expect(offset).toBeCloseTo(offsets[0], 5)
  expect(changed.auxiliary[1]).toBe(plain.auxiliary[1])
})

test('the map moves bands before the clip mean is taken: an identity map changes nothing', () => {
  const identity = band((giver, receiver) => (giver === receiver ? 1 : 0))
  const plain = plainBatch(source, [crop])
  expect(augmentedBatch(source, [crop], () => identity, createRandom(2)).encoderInput).toEqual(plain.encoderInput)
  const shift = band((giver, receiver) => (giver === Math.min(receiver + 3, 63) ? 1 : 0))
  const shifted = augmentedBatch(source, [crop], () => shift, createRandom(2))
  for (let k = 0; k < 50; k++) expect(shifted.encoderInput[57 + k]).toBeCloseTo(plain.encoderInput[57 + k + 3], 5)
})

test('a room and a microphone, which add the same to every frame, vanish from the encoder input', () => {
  const colored = { ...clip, shapes: clip.shapes.map((value, index) => value + 0.05 * (index % 64)) }
  const other = { ...source, clips: [colored], clipMeans: [activeClipMean(colored)] }
  const [a, b] = [plainBatch(source, [crop]).encoderInput, plainBatch(other, [crop]).encoderInput]
  a.forEach((value, index) => expect(b[index]).toBeCloseTo(value, 4))
})

test('a crop beyond its phrase is filled with unvoiced silence', () => {
  const { encoderInput } = plainBatch(source, [{ clipIndex: 0, startFrame: 380, frameCount: 20 }])
  expect(encoderInput[19 * 57 + 55]).toBe(clip.voiced[399])
  expect(encoderInput[20 * 57 + 55]).toBe(0)
  expect(encoderInput[20 * 57 + 56]).toBe(-3)
})
