import { readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeStoredSinger, singerPath } from '../../../../src/main/jobs/singer-files.ts'
import { offerShippedSingers, shippedSingerId } from '../../../../src/main/jobs/shipped-singers.ts'
import { writeSingerFile } from '../../../../src/shared/formats/singer-file.ts'
import { exampleSinger } from '../../../support/library-records.ts'
import { openShippedModels, ship } from '../../../support/shipped-models.ts'
import { untrainedSinger } from '../../../support/singers.ts'

const { model } = untrainedSinger()
const bytesOf = (name: string) =>
  writeSingerFile(model, {
    name,
    converter: 'spectral-autoencoder',
    licence: 'CC0 1.0',
    consent: null,
    lowestHz: 100,
    highestHz: 400,
    medianHz: 200,
    trainedFromSec: 60,
    createdAtMs: 0,
  })

async function open(files: Readonly<Record<string, Uint8Array>>) {
  const { paths, library, errors, logger } = await openShippedModels({ 'singers-demo-v1': files })
  return {
    paths,
    library,
    errors,
    offer: () => offerShippedSingers(library, paths, logger),
    names: async () => (await library.singers.list()).map(({ name }) => name).sort(),
  }
}

const two = { 'alto.singer': bytesOf('Alto'), 'bass.singer': bytesOf('Bass') }

test('a new library holds the shipped singers, each with its file, its licence and no training', async () => {
  const { offer, library, names, paths } = await open(two)
  await offer()
  expect(await names()).toEqual(['Alto', 'Bass'])
  const id = shippedSingerId('singers-demo-v1', 'alto.singer')
  expect(await library.singers.find(id)).toMatchObject({ origin: 'shipped', licence: 'CC0 1.0', learnedFraction: 1 })
  expect(new Uint8Array(readFileSync(singerPath(id, paths)))).toEqual(two['alto.singer'])
  const again = await describeStoredSinger(singerPath(id, paths))
  expect(again.ok && again.value).toMatchObject({ id, origin: 'shipped' })
})

test('a shipped singer that was removed does not come back, and one of a newer version is offered', async () => {
  const { offer, library, names, paths } = await open(two)
  await offer()
  await library.singers.remove(shippedSingerId('singers-demo-v1', 'alto.singer'))
  await offer()
  expect(await names()).toEqual(['Bass'])
  ship(paths.modelsFolder, { 'singers-demo-v2': { 'alto.singer': bytesOf('Alto the second') } })
  await offer()
  expect(await names()).toEqual(['Alto the second', 'Bass'])
})

test('a name that is taken and a file that is broken are left out, and the program starts', async () => {
  const { offer, library, names, errors } = await open({ ...two, 'carol.singer': new Uint8Array(100) })
  await library.singers.insert(exampleSinger({ name: 'Alto' }))
  await offer()
  expect(await names()).toEqual(['Alto', 'Bass'])
  expect(errors).toHaveLength(2)
})

test('a copy without shipped singers starts without any', async () => {
  const { offer, names, paths } = await open(two)
  rmSync(paths.modelsFolder, { recursive: true })
  await offer()
  expect(await names()).toEqual([])
})
