import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SoundAnalyzer } from '../../../../src/main/evaluation/analyze-sound.ts'
import { cutRecordings } from '../../../../src/main/evaluation/cut-recordings.ts'
import { createListener } from '../../../../src/main/evaluation/listening.ts'
import { createWavWriter } from '../../../../src/main/files/wav-file.ts'
import { makeTemporaryFolder, removeFolder } from '../../../support/temporary-folder.ts'

const RATE_HZ = 8000
let folder = ''
beforeEach(() => {
  folder = makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

/** A ramp of so many seconds: each sample tells where it was. */
function speaker(name: string, ...takes: readonly (readonly [sentence: string, seconds: number])[]) {
  const files = takes.map(([sentence, seconds]) => {
    const path = join(folder, `${name}-${sentence}.wav`)
    const writer = createWavWriter(path, { rateHz: RATE_HZ, channelCount: 1, encoding: 'float32' })
    writer.write([Float32Array.from({ length: seconds * RATE_HZ }, (_, index) => index / 1e6)])
    writer.finish()
    return { path, sentence, reading: sentence }
  })
  return { name, files }
}

test('a long take becomes phrases that nobody else reads; a short one, and one that another reads too, stays whole', async () => {
  const ann = speaker('ann', ['take', 33], ['short', 9], ['song', 40])
  const tom = speaker('tom', ['song', 41])
  const { speakers, pieces } = await cutRecordings([ann, tom])
  const [cutAnn, cutTom] = speakers
  expect(cutAnn.files).toHaveLength(4 + 2)
  expect(cutAnn.files.slice(4)).toEqual(ann.files.slice(1))
  expect(cutTom).toEqual(tom)
  expect(new Set(cutAnn.files.map(({ sentence }) => sentence)).size).toBe(6)
  expect([...pieces.values()].map(({ startSec, endSec }) => [startSec, endSec])).toEqual([
    [0, 8.25],
    [8.25, 16.5],
    [16.5, 24.75],
    [24.75, 33],
  ])
})

test('a piece is heard as the samples between its ends, and what can’t be opened is left to who hears it', async () => {
  const missing = { name: 'sue', files: [{ path: join(folder, 'none.wav'), sentence: 'x', reading: 'x' }] }
  const { speakers, pieces } = await cutRecordings([speaker('ann', ['take', 33]), missing])
  expect(speakers[1]).toEqual(missing)
  const nothing = { features: null, f0: new Float32Array(0), clip: null }
  const analyzer = { analyze: () => nothing } as unknown as SoundAnalyzer // the sound alone is looked at
  const listener = createListener(analyzer, { pieces })
  const { sound } = await listener.hearFile(speakers[0].files[1].path)
  expect(sound.samples.length).toBe(8.25 * RATE_HZ)
  expect(sound.samples[0]).toBeCloseTo((8.25 * RATE_HZ) / 1e6, 6)
})
