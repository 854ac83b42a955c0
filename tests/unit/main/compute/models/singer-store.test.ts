import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadSinger } from '../../../../../src/main/compute/models/singer-store.ts'
import { FailureError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { readSingerFile, writeSingerFile } from '../../../../../src/shared/formats/singer-file.ts'
import { writeUntrainedSinger } from '../../../../support/sound-files.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

test('a forged singer whose weights are finite but whose arithmetic is not is refused before it sings', () => {
  const folder = temporaryFolder()
  const path = writeUntrainedSinger(join(folder, 'honest.singer'), 'Honest')
  expect(loadSinger(path, silentProgress).bank.count).toBeGreaterThan(0)
  const file = readSingerFile(readFileSync(path))
  if (!file.ok) throw new Error(file.failure.message)
  for (const { values } of file.value.model.parameters.values()) {
    values.forEach((_, index) => (values[index] = index % 2 === 0 ? 65504 : -65504))
  }
  const forged = join(folder, 'forged.singer')
  writeFileSync(forged, writeSingerFile(file.value.model, file.value.card))
  expect(readSingerFile(readFileSync(forged)).ok).toBe(true)
  expect(() => loadSinger(forged, silentProgress)).toThrow(FailureError)
})
