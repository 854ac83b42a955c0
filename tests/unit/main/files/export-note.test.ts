import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeExportLeftovers, withExportNote } from '../../../../src/main/files/export-note.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const begun = '.Mix.wav.0123456789ab.part'
const notePath = (homeFolder: string) => join(homeFolder, 'exporting.json')

/** A home whose export into the folder never came to its end, as the next start finds it. */
function killedExport() {
  const [homeFolder, folder] = [temporaryFolder(), temporaryFolder()]
  void withExportNote(folder, { homeFolder }, () => new Promise(() => {}))
  for (const name of [begun, 'Mix.wav', '.hidden']) writeFileSync(join(folder, name), 'x')
  return { homeFolder, folder }
}

test('what a killed export had begun is cleared by the next start, and nothing else', () => {
  const { homeFolder, folder } = killedExport()
  removeExportLeftovers({ homeFolder })
  expect(readdirSync(folder).toSorted()).toEqual(['.hidden', 'Mix.wav'])
  expect(existsSync(notePath(homeFolder))).toBe(false)
})

test('an export that ended, well or not, leaves no note', async () => {
  const homeFolder = temporaryFolder()
  expect(await withExportNote('somewhere', { homeFolder }, () => Promise.resolve(7))).toBe(7)
  const failing = withExportNote('somewhere', { homeFolder }, () => Promise.reject(new Error('full')))
  await expect(failing).rejects.toThrow('full')
  expect(readdirSync(homeFolder)).toEqual([])
})

test('a note that was cut off is passed over', () => {
  const { homeFolder, folder } = killedExport()
  truncateSync(notePath(homeFolder), 5)
  removeExportLeftovers({ homeFolder })
  expect(readdirSync(folder)).toContain(begun)
})

test('where no note can be kept the export goes on', async () => {
  const homeFolder = join(temporaryFolder(), 'not', 'there')
  expect(await withExportNote('somewhere', { homeFolder }, () => Promise.resolve('written'))).toBe('written')
})
