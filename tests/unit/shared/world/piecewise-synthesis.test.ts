import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatenated } from '../../../../src/shared/base/concatenated.ts'
import {
  cheapTrick,
  createPiecewiseSynthesis,
  d4c,
  harvest,
  synthesize,
  synthesizedSampleCount,
  type Spectrogram,
} from '../../../../src/shared/world/index.ts'
import { voiceAt } from './voice.ts'

const RATE_HZ = 16_000
const FRAME_SAMPLES = 80
const x = voiceAt(RATE_HZ, 0.4).x
const f0 = harvest(x, RATE_HZ)
const power = cheapTrick(x, RATE_HZ, f0)
const aperiodicity = d4c(x, RATE_HZ, f0)
const fftSize = 2 * (power.binCount - 1)
const frames = f0.length
const sampleCount = synthesizedSampleCount(frames, RATE_HZ)

const rowsOf = (spectrogram: Spectrogram, first: number, last: number) =>
  spectrogram.values.slice(first * spectrogram.binCount, (last + 1) * spectrogram.binCount)

function singIn(cuts: readonly number[], channelCount: number): Float64Array[] {
  const sing = createPiecewiseSynthesis({ f0, fs: RATE_HZ, fftSize, sampleCount })
  const ends = [...new Set(cuts)].filter((cut) => cut > 0 && cut < frames - 1).sort((a, b) => a - b)
  const given = [0, ...ends].map((firstFrame, piece) => {
    const last = ends[piece] ?? frames - 1
    const rows = { power: rowsOf(power, firstFrame, last), aperiodicity: rowsOf(aperiodicity, firstFrame, last) }
    const endSample = piece === ends.length ? sampleCount : last * FRAME_SAMPLES
    return sing({ firstFrame, channels: Array.from({ length: channelCount }, () => rows), endSample })
  })
  return Array.from({ length: channelCount }, (_, channel) =>
    concatenated(
      given.map((sounds) => sounds[channel]),
      Float64Array,
    ),
  )
}

test('a sound sung in pieces, wherever it is cut, is the whole one, in every channel', () => {
  const whole = synthesize(f0, power, aperiodicity, RATE_HZ)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: frames }), { maxLength: 6 }), (cuts) => {
      for (const sound of singIn(cuts, 2)) {
        expect(sound.length).toBe(whole.length)
        for (let index = 0; index < whole.length; index++)
          if (!(Math.abs(sound[index] - whole[index]) < 1e-9))
            expect.fail(`${sound[index]} is not ${whole[index]} at ${index}, cut at ${cuts.join(', ')}`)
      }
    }),
    { numRuns: 6 },
  )
})
