import { expect, test } from 'vitest'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { plainKernels } from '../../../../../src/shared/kernels/kernels.ts'
import { trackPitch } from '../../../../../src/shared/pitch/index.ts'
import { summarizePitch } from '../../../../../src/main/compute/clips/pitch-summary.ts'
import { sungSource } from '../../../../support/singers.ts'
import { sincResample } from '../../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const summarize = (sound: Float32Array) =>
  summarizePitch(sourceOf([sound], RATE_HZ), sincResample, silentProgress, plainKernels)

test('a long sound that is taken in windows has the pitch of the whole', () => {
  const note = sungSource(RATE_HZ, 1)
  const random = createRandom(3)
  const long = new Float32Array(40 * RATE_HZ)
  for (let start = 0; start < long.length; start += Math.round(1.6 * RATE_HZ))
    long.set(note.subarray(0, Math.min(note.length, long.length - start)), start)
  long.forEach((value, index) => (long[index] = value + 1e-4 * random.normal()))
  const whole = trackPitch(Float64Array.from(long), RATE_HZ).f0Hz
  const { f0 } = summarize(long)
  expect(f0.length).toBe(whole.length)
  const differing = f0.filter((hz, frame) => Math.abs(hz - whole[frame]) > 1e-3)
  expect(differing.length).toBe(0)
})

test('hiss has no pitch, and silence has none', () => {
  const random = createRandom(5)
  const hiss = Float32Array.from({ length: 3 * RATE_HZ }, () => 0.1 * random.normal())
  expect(summarize(hiss).voicedFraction).toBeLessThan(0.02)
  expect(summarize(new Float32Array(RATE_HZ))).toMatchObject({ voicedFraction: 0, medianHz: null })
})
