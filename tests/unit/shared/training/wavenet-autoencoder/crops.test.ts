import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { muLawLevel, muLawSample } from '../../../../../src/shared/dsp/mu-law.ts'
import { wavenetAutoencoderSizes } from '../../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import { augment, augmentations } from '../../../../../src/shared/training/wavenet-autoencoder/augmentation.ts'
import {
  codePitch,
  codeWaveform,
  type WaveformClip,
} from '../../../../../src/shared/training/wavenet-autoencoder/clip.ts'
import {
  batchesOf,
  createCropSampler,
  cutCrop,
  heldOutCrops,
} from '../../../../../src/shared/training/wavenet-autoencoder/crops.ts'
import { splitWaveforms } from '../../../../../src/shared/training/wavenet-autoencoder/split.ts'

const { tiny } = wavenetAutoencoderSizes
const { hop } = tiny

/** Levels and pitch that tell their places. */
function clipOf(singerIndex: number, length: number): WaveformClip {
  return {
    singerIndex,
    levels: Uint8Array.from({ length }, (_, at) => 1 + ((at + 37 * singerIndex) % 255)),
    pitch: Float32Array.from({ length: Math.floor(length / 2) }, (_, at) => (at % 3 === 0 ? 0 : (1 + at) / 1e4)),
  }
}
const clips = [clipOf(0, 400), clipOf(0, 100), clipOf(1, 700), clipOf(2, 39)]

describe('four times the clips', () => {
  const sounds = fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 40 })

  test('every way to turn a clip undoes itself, exactly', () => {
    fc.assert(
      fc.property(sounds, fc.constantFrom(...augmentations), (found, way) => {
        const clip = { levels: Uint8Array.from(found), pitch: Float32Array.from(found, (level) => level / 255) }
        expect(augment(augment(clip, way), way)).toEqual(clip)
      }),
    )
  })

  test('backward is from the end, pitch and all; inverted is the negative of every sample; both are both', () => {
    fc.assert(
      fc.property(sounds, (found) => {
        const clip = { levels: Uint8Array.from(found), pitch: Float32Array.from(found) }
        const [none, backward, inverted, both] = augmentations.map((way) => augment(clip, way))
        expect(none).toEqual(clip)
        expect([...backward.levels]).toEqual([...found].reverse())
        expect([...(backward.pitch ?? [])]).toEqual([...found].reverse())
        expect(Array.from(inverted.levels, muLawSample)).toEqual(found.map((level) => -muLawSample(level) + 0))
        expect(inverted.pitch).toEqual(clip.pitch)
        expect(both).toEqual(augment(augment(clip, 'inverted'), 'backward'))
      }),
    )
  })

  test('a recording is coded as loud as it can be, without the level that has no negative', () => {
    expect([...codeWaveform(Float32Array.of(0, -0.5, 0.25))]).toEqual([128, 1, muLawLevel(0.5)])
    expect([...codeWaveform(new Float32Array(2))]).toEqual([128, 128])
  })

  test('the pitch of the nearest frame is heard, nothing between voiced and unvoiced', () => {
    const f0 = Float32Array.of(0, 48 + 152, 48 + 304)
    const coded = codePitch(f0, 80, 300, 50)
    expect(coded).toHaveLength(6)
    expect([...coded].map((value) => Math.round(10 * value))).toEqual([0, 1, 1, 2, 2, 2])
  })
})

describe('crops', () => {
  const draw = { segmentSamples: 5 * hop, isAugmented: true }
  const sampler = createCropSampler(clips, tiny)

  test('are whole hops at a frame of the pitch, within their clip, of every singer as often, turned in every way', () => {
    const random = createRandom(3)
    const crops = Array.from({ length: 1200 }, () => sampler.draw(random, draw))
    for (const { clipIndex, start, sampleCount } of crops) {
      const { length } = clips[clipIndex].levels
      expect(sampleCount).toBe(Math.min(5 * hop, hop * Math.floor(length / hop)))
      expect(start % 2).toBe(0)
      expect(start + sampleCount).toBeLessThanOrEqual(length)
    }
    const share = (has: (crop: (typeof crops)[number]) => boolean) => crops.filter(has).length / crops.length
    for (const singer of [0, 1, 2])
      expect(share(({ clipIndex }) => clips[clipIndex].singerIndex === singer)).toBeCloseTo(1 / 3, 1)
    for (const way of augmentations) expect(share(({ augmentation }) => augmentation === way)).toBeCloseTo(1 / 4, 1)
  })

  test('of different lengths are batches of one length each, with levels and pitch of the same places', () => {
    const random = createRandom(4)
    const crops = [0, 2, 1, 2].map((singer) => sampler.drawOf(random, singer, draw))
    const batches = batchesOf(
      clips,
      tiny,
      crops.map((crop) => ({ crop, heard: null })),
    )
    expect(batches.map(({ sampleCount, singerIndices }) => [sampleCount, singerIndices])).toEqual([
      [5 * hop, [0, 1]],
      [2 * hop, [2, 2]],
    ])
    const second = cutCrop(clips, crops[2], hop)
    expect(batches[0].target.subarray(5 * hop)).toEqual(second.levels)
    expect(batches[0].pitch?.subarray((5 * hop) / 2)).toEqual(second.pitch)
    expect(batches[0].heard).toEqual(batches[0].target)
  })

  test('are refused from a clip shorter than a hop, or one whose pitch is of another length', () => {
    expect(() => createCropSampler([clipOf(0, hop - 1)], tiny)).toThrow(/at least 16 samples, not 15/)
    const pitch = new Float32Array(3)
    expect(() => createCropSampler([{ ...clipOf(0, 100), pitch }], tiny)).toThrow(/50 frames of pitch, not 3/)
    expect(() => createCropSampler([{ ...clipOf(0, 100), pitch: null }], { hop, hasPitch: false })).not.toThrow()
  })
})

test('of many held-out pieces a check hears forty seconds, spread over all of them', () => {
  const long = Array.from({ length: 50 }, (_, singer) => clipOf(singer, 32_000))
  const pieces = heldOutCrops(long, 4000, hop)
  const samples = pieces.reduce((sum, { crop }) => sum + crop.sampleCount, 0)
  expect(samples / 16_000).toBeCloseTo(40, 0)
  expect(new Set(pieces.map(({ crop }) => crop.clipIndex)).size).toBe(50)
})

test('the end of each clip that is long enough is held out, and nothing else', () => {
  const { learned, heldOut } = splitWaveforms(clips, hop)
  expect(learned.map(({ levels }) => levels.length)).toEqual([368, 100, 640, 39])
  expect(heldOut.map(({ levels, singerIndex }) => [levels.length, singerIndex])).toEqual([
    [32, 0],
    [48, 1],
  ])
  expect(heldOut[0].levels[0]).toBe(clips[0].levels[368])
  expect(heldOut[0].pitch).toEqual(clips[0].pitch?.subarray(184, 200))
})
