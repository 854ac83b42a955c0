import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { listenForMark } from '../../../../src/main/files/listen-for-mark.ts'
import { markingWriter } from '../../../../src/main/files/marking-writer.ts'
import { createWavWriter } from '../../../../src/main/files/wav-file.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const RATE_HZ = 22_050

/** Ten seconds of noise in two channels, written in blocks. */
function written(isMarked: boolean, durationSec = 10): string {
  const path = join(temporaryFolder(), 'sound.wav')
  const plain = createWavWriter(path, { rateHz: RATE_HZ, channelCount: 2, encoding: 'pcm16' })
  const writer = isMarked ? markingWriter(plain, RATE_HZ, 2) : plain
  const random = createRandom(4)
  for (let block = 0; block < durationSec; block++) {
    const left = Float32Array.from({ length: RATE_HZ }, () => 0.05 * random.normal())
    writer.write([left, left.map((sample) => sample / 2)])
  }
  expect(writer.finish().durationSamples).toBe(durationSec * RATE_HZ)
  return path
}

test('a file written with the mark is told from one without, at any rate and in two channels', async () => {
  expect(await listenForMark(written(true))).toMatchObject({ isMarked: true, durationSec: 10 })
  expect(await listenForMark(written(false))).toMatchObject({ isMarked: false })
})

test('a file too short for a mark is refused, and so is one that is no sound', async () => {
  await expect(listenForMark(written(true, 2))).rejects.toThrow('nothing can be told')
  await expect(listenForMark(join(temporaryFolder(), 'none.wav'))).rejects.toThrow()
})
