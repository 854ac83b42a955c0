import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { converterOf } from '../../../../../src/main/compute/converters/converters.ts'
import { writeWaveformSinger } from '../../../../../src/shared/formats/waveform-singer-file.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { tinyWaveformSinger } from '../../../../support/tiny-waveform.ts'

const headerEnd = (file: Uint8Array) => 8 + Number(new DataView(file.buffer).getBigUint64(0, true))

test('who sings with a file is told by its header, though nothing of its weights is there', () => {
  const path = join(temporaryFolder(), 'cut.singer')
  const file = writeWaveformSinger(tinyWaveformSinger())
  writeFileSync(path, file)
  truncateSync(path, headerEnd(file))
  expect(converterOf(path)).toBe('waveform')
  truncateSync(path, headerEnd(file) - 1)
  expect(converterOf(path)).toBeNull()
})

test('of a file that is missing, a folder or no singer nobody is told: whoever loads it says what is wrong', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'words.singer')
  writeFileSync(path, 'words that are longer than a length')
  expect([path, folder, join(folder, 'missing.singer')].map(converterOf)).toEqual([null, null, null])
})
