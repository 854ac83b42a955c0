import { expect, test } from 'vitest'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { convertRegion } from '../../../../../src/shared/conversion/convert.ts'
import { noStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import type { PreparedEmotion } from '../../../../../src/shared/conversion/emotions/prepared-emotion.ts'
import { preparedStatistics } from '../../../../../src/shared/conversion/emotions/statistics.ts'
import { translatedEmotion } from '../../../../../src/shared/conversion/emotions/translated-emotion.ts'
import { rowsOf } from '../../../../../src/shared/conversion/frame-rows.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { plainKernels } from '../../../../../src/shared/kernels/kernels.ts'
import { sungSource, untrainedSinger } from '../../../../support/singers.ts'
import { sincResample } from '../../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const FRAMES = 201
const voice = sungSource(RATE_HZ, 1)
const singer = untrainedSinger()

function convert(emotion: PreparedEmotion | null, intensity = 1): Float32Array {
  const sound = new Float32Array(voice.length)
  let written = 0
  convertRegion({
    source: sourceOf([voice], RATE_HZ),
    startSamples: 0,
    durationSamples: voice.length,
    singer,
    performance: {
      emotion: { emotionId: 'bright', intensity },
      transposition: { kind: 'semitones', semitones: 0 },
      strength: 0,
      delivery: 'spoken',
    },
    emotion,
    resample: sincResample,
    kernels: plainKernels,
    progress: silentProgress,
    sink: {
      write([channel]) {
        sound.set(channel, written)
        written += channel.length
      },
    },
  })
  return sound
}

const none = { pitch: null, breath: null, shapes: null, level: null }
const rms = (x: Float32Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length)

test('changes found ahead sound bit for bit as the same changes found by a table', () => {
  const shapeOffset = Float32Array.from({ length: 64 }, (_, band) => (band - 32) / 40)
  const table = { ...noStatistics('bright'), pitchOffsetOctaves: 0.2 }
  const ahead = translatedEmotion('bright', {
    ...none,
    pitch: new Float64Array(FRAMES).fill(0.7 * 0.2), // as far as speech is raised
    shapes: rowsOf(Float32Array.from({ length: FRAMES * 64 }, (_, at) => shapeOffset[at % 64])),
  })
  expect(convert(ahead)).toEqual(convert(preparedStatistics({ ...table, shapeOffset })))
})

test('an emotion that changes nothing, and any at intensity 0, leaves every bit', () => {
  const moving = translatedEmotion('bright', { ...none, pitch: new Float64Array(FRAMES).fill(0.2) })
  expect(convert(moving, 0)).toEqual(voice)
  expect(convert(moving)).not.toEqual(voice)
})

test('breath is heard even where the pitch stays', () => {
  const gap = (gainDb: number) => {
    const breathed = convert(translatedEmotion('bright', { ...none, breath: new Float64Array(FRAMES).fill(gainDb) }))
    return breathed
  }
  const plain = gap(0)
  const difference = (sound: Float32Array) => rms(sound.map((value, index) => value - plain[index]))
  expect(difference(gap(6))).toBeGreaterThan(1e-4 * rms(plain))
  expect(difference(gap(12))).toBeGreaterThan(1.5 * difference(gap(6)))
})
