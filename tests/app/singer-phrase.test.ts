import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditionMediaId } from '../../src/shared/contract/media.ts'
import { openWavReader } from '../../src/main/files/wav-file.ts'
import { openStudio, type Studio } from '../support/studio.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'

const folder = makeTemporaryFolder()
let studio: Studio
beforeAll(async () => {
  studio = await openStudio(join(folder, 'home'))
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

test('a singer that came with the program sings six seconds before it is chosen, once, beside the phrase as it was', async () => {
  const [singer] = (await studio.ask('singer:list', {})).filter(({ origin }) => origin === 'shipped')
  const hear = async () => studio.outcome('audition', await studio.ask('singer:hear', { singerId: singer.id }))
  const { auditionId, originalId } = await hear()
  const paths = await Promise.all(
    [auditionId, originalId].map(async (id) => {
      const found = await studio.application.media(auditionMediaId(singer.id, id))
      if (!found.ok) throw new Error(found.failure.message)
      return found.value
    }),
  )
  const [sung, original] = paths.map((path) => {
    const reader = openWavReader(path)
    const [samples] = reader.read(0, reader.durationSamples)
    reader.close()
    return samples
  })
  expect([sung.length, original.length]).toEqual([6 * 48_000, 6 * 48_000])
  expect(sung.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeGreaterThan(0.05)
  expect(Buffer.from(sung.buffer).equals(Buffer.from(original.buffer))).toBe(false)

  const writtenMs = statSync(paths[0]).mtimeMs
  expect((await hear()).auditionId).toBe(auditionId)
  expect(statSync(paths[0]).mtimeMs).toBe(writtenMs)
})
