import { expect, test } from 'vitest'
import { CancelledError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { sourceOf, type SampleSource } from '../../../../../src/shared/conversion/sound.ts'
import { exerciseScore, synthesize, transposeScore, voices } from '../../../../../src/shared/synthesizer/index.ts'
import { countVoices } from '../../../../../src/main/compute/clips/voice-count.ts'

const RATE_HZ = 24_000
const score = exerciseScore(10, createRandom(7))
const low = synthesize(score, voices.lead, RATE_HZ, 7).samples
const high = synthesize(transposeScore(score, 4), voices.high, RATE_HZ, 8).samples

/** A sound over and over, that counts how much of it is read. */
function repeated(samples: Float32Array, times: number) {
  const read = { samples: 0 }
  const source: SampleSource = {
    rateHz: RATE_HZ,
    channelCount: 1,
    durationSamples: times * samples.length,
    read(start, count) {
      read.samples += count
      return [Float32Array.from({ length: count }, (_, index) => samples[(start + index) % samples.length])]
    },
  }
  return { source, read }
}

test('one voice is one, two are more, and a channel each is as good as their sum', () => {
  expect(countVoices(sourceOf([low], RATE_HZ), silentProgress).isPolyphonic).toBe(false)
  const both = Float32Array.from(low, (value, index) => value + (high[index] ?? 0))
  expect(countVoices(sourceOf([both], RATE_HZ), silentProgress).isPolyphonic).toBe(true)
  const length = Math.min(low.length, high.length)
  const stereo = [low.slice(0, length), high.slice(0, length)]
  expect(countVoices(sourceOf(stereo, RATE_HZ), silentProgress).isPolyphonic).toBe(true)
})

test('of an hour a minute is heard', () => {
  const { source, read } = repeated(low, 360)
  expect(countVoices(source, silentProgress).isPolyphonic).toBe(false)
  expect(read.samples).toBe(60 * RATE_HZ)
})

test('a sound of any few samples is heard once, and a cancelled one no further', () => {
  for (const length of [0, 1, 5, 7, 1000]) {
    const { source, read } = repeated(low.slice(0, Math.max(1, length)), length === 0 ? 0 : 1)
    expect(countVoices(source, silentProgress).isPolyphonic).toBe(false)
    expect(read.samples).toBe(length)
  }
  const cancelled = { report: () => {}, isCancelled: true }
  expect(() => countVoices(sourceOf([low], RATE_HZ), cancelled)).toThrow(CancelledError)
})
