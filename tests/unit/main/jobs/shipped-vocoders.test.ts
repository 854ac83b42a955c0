import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offerShippedVocoders } from '../../../../src/main/jobs/shipped-vocoders.ts'
import { discardVocoder, listVocoders, vocoderPath } from '../../../../src/main/jobs/vocoder-files.ts'
import type { VocoderId } from '../../../../src/shared/base/id.ts'
import { writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { openShippedModels, ship } from '../../../support/shipped-models.ts'
import { tinyVocoder, tinyVocoderCard } from '../../../support/tiny-vocoder.ts'

const bytesOf = (name: string) => writeVocoderFile(tinyVocoder, { ...tinyVocoderCard, name })
const id = 'shippedvocodersourcefilterpermissivev1' as VocoderId // only the brand is added

async function open(models: Readonly<Record<string, Uint8Array>>) {
  const { paths, library, errors, logger } = await openShippedModels(inFolders(models))
  return {
    paths,
    errors,
    offer: () => offerShippedVocoders(library, paths, logger),
    names: async () => (await listVocoders(paths)).map(({ name }) => name),
  }
}

const inFolders = (models: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(models).map(([folder, bytes]) => [folder, { 'model.safetensors': bytes }]))

const own = { 'vocoder-source-filter-permissive-v1': bytesOf('Source-filter') }

test('a new library holds the latest shipped vocoder of each kind, byte for byte', async () => {
  const { offer, names, paths } = await open({
    ...own,
    'vocoder-wavenet-permissive-v1': bytesOf('WaveNet the first'),
    'vocoder-wavenet-permissive-v2': bytesOf('WaveNet'),
  })
  await offer()
  await offer()
  expect(await names()).toEqual(['Source-filter', 'WaveNet'])
  expect(new Uint8Array(readFileSync(vocoderPath(id, paths)))).toEqual(own['vocoder-source-filter-permissive-v1'])
})

test('a shipped vocoder that was removed does not come back, and one of a newer version is offered', async () => {
  const { offer, names, paths } = await open(own)
  await offer()
  await discardVocoder(id, paths)
  await offer()
  expect(await names()).toEqual([])
  ship(paths.modelsFolder, inFolders({ 'vocoder-source-filter-permissive-v2': bytesOf('Source-filter') }))
  await offer()
  expect(await names()).toEqual(['Source-filter'])
})

test('a name that is taken and a file that is broken are left out, and the program starts', async () => {
  const { offer, names, errors, paths } = await open({ ...own, 'vocoder-flow-v1': new Uint8Array(100) })
  const mine = vocoderPath('mine1' as VocoderId, paths) // only the brand is added
  mkdirSync(join(mine, '..'), { recursive: true })
  writeFileSync(mine, bytesOf('Source-filter'))
  await offer()
  expect(await names()).toEqual(['Source-filter'])
  expect(errors).toHaveLength(2)
})

test('a copy without shipped vocoders starts without any', async () => {
  const { offer, names, paths } = await open(own)
  rmSync(paths.modelsFolder, { recursive: true })
  await offer()
  expect(await names()).toEqual([])
})
