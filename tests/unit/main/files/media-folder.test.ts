import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RenderKey, SourceId } from '../../../../src/shared/base/id.ts'
import { createPeaksBuilder, decodePeaks } from '../../../../src/shared/dsp/peaks.ts'
import {
  makePeaks,
  missingSourceIds,
  peaksPath,
  removeLeftovers,
  renderPath,
  sourcePath,
} from '../../../../src/main/files/media-folder.ts'
import { createWavWriter } from '../../../../src/main/files/wav-file.ts'
import { smallSong, sourceId } from '../../../support/documents.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

test('media are named by their hash, and no other name becomes a path', () => {
  expect(sourcePath('/m', sourceId)).toBe(join('/m', 'sources', `${'a'.repeat(64)}.wav`))
  for (const name of ['../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, '']) {
    expect(() => sourcePath('/m', name as SourceId)).toThrow('64 hexadecimal digits')
    expect(() => renderPath('/m', name as RenderKey)).toThrow('64 hexadecimal digits')
  }
})

test('sources whose audio is gone are named', () => {
  const folder = temporaryFolder()
  expect(missingSourceIds(folder, smallSong())).toEqual([sourceId])
  fs.mkdirSync(join(folder, 'sources'))
  fs.writeFileSync(sourcePath(folder, sourceId), 'x')
  expect(missingSourceIds(folder, smallSong())).toEqual([])
})

test('lost peaks are made again, the same as those of the import', async () => {
  const folder = temporaryFolder()
  fs.mkdirSync(join(folder, 'peaks'))
  const samples = Float32Array.from({ length: 150_001 }, (_, index) => Math.sin(index / 30))
  const writer = createWavWriter(join(folder, 'a.wav'), { rateHz: 48_000, channelCount: 1, encoding: 'float32' })
  writer.write([samples])
  writer.finish()
  await makePeaks(join(folder, 'a.wav'), peaksPath(folder, sourceId))
  const builder = createPeaksBuilder()
  builder.push([samples])
  expect(decodePeaks(fs.readFileSync(peaksPath(folder, sourceId)))).toEqual({ ok: true, value: builder.finish() })
})

test('what a killed process had begun is cleared, and nothing else', () => {
  const folder = temporaryFolder()
  fs.mkdirSync(join(folder, 'sources'))
  for (const name of ['.x.wav.0123456789ab.part', 'kept.wav', '.hidden'])
    fs.writeFileSync(join(folder, 'sources', name), 'x')
  removeLeftovers(folder)
  expect(fs.readdirSync(join(folder, 'sources')).toSorted()).toEqual(['.hidden', 'kept.wav'])
})
