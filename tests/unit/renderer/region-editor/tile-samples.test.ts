import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FloatWav } from '../../../../src/renderer/audio/float-wav.ts'
import { tileSamples } from '../../../../src/renderer/region-editor/tile-samples.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { logSpectrogram } from '../../../../src/shared/dsp/log-spectrogram.ts'

const RATE = 8000
const COLUMNS = 24
const random = createRandom(5)
const sound = Float32Array.from({ length: 60_000 }, () => random.uniform() - 0.5)

/** Counts the samples that are read of it. */
function countedFile(): FloatWav & { readCount: number } {
  const file = {
    rateHz: RATE,
    channelCount: 1,
    durationSamples: sound.length,
    readCount: 0,
    read: (start: number, end: number) => {
      file.readCount += end - start
      return Promise.resolve({ rateHz: RATE, channels: [sound.slice(start, end)] })
    },
  }
  return file
}
const optionsOf = (startSample: number, samplesPerColumn: number) => ({
  rateHz: RATE,
  startSample,
  samplesPerColumn,
  columnCount: COLUMNS,
  lowestMidi: 40,
  highestMidi: 80,
  rowCount: 40,
})

test('the picture of a part that was read is the picture of the whole sound there, near or far columns', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -2000, max: 61_000 }),
      fc.double({ min: 0.5, max: 6000, noNaN: true }),
      async (startSample, samplesPerColumn) => {
        const options = optionsOf(startSample, samplesPerColumn)
        const part = await tileSamples(countedFile(), options)
        expect([...logSpectrogram(part.samples, part.options)]).toEqual([...logSpectrogram(sound, options)])
      },
    ),
    { numRuns: 25 },
  )
})

test('of columns that lie far apart only their windows are read', async () => {
  const file = countedFile()
  await tileSamples(file, optionsOf(1000, 5000))
  expect(file.readCount).toBeLessThanOrEqual(COLUMNS * 1024)
})
