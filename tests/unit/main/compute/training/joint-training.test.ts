import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseWay } from '../../../../../src/main/compute/training/choose-way.ts'
import { writeBase } from '../../../../../src/main/compute/models/base-store.ts'
import { singersOf } from '../../../../../src/main/compute/training/training-run.ts'
import { createWavWriter } from '../../../../../src/main/files/wav-file.ts'
import type { SourceId } from '../../../../../src/shared/base/id.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import type { LearningSinger, TrainRequest } from '../../../../../src/shared/contract/compute.ts'
import { readSingerFile } from '../../../../../src/shared/formats/singer-file.ts'
import { spectralAutoencoder } from '../../../../../src/shared/networks/spectral-autoencoder/index.ts'
import { makeSingerClips } from '../../../../../src/shared/synthesizer/demo-song.ts'
import { voices, type Voice } from '../../../../../src/shared/synthesizer/voices.ts'
import { differences, drawDeath, traces, trainThrough } from '../../../../support/killed-training.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const rateHz = 24_000
const KILLS = 3
const PERSONS = 2
const config = spectralAutoencoder.sizes.tiny

/** Two singers, learned together and then each enrolled: three stages, and a choice for each of them. */
function prepare() {
  const folder = temporaryFolder()
  const modelsFolder = join(folder, 'models')
  const base = {
    config,
    persons: ['one', 'other'],
    parameters: spectralAutoencoder.initialize(config, PERSONS, createRandom(3)),
    meanShape: new Float32Array(64),
    spread: 1.2,
  }
  writeBase(join(modelsFolder, 'spectral-autoencoder-tiny-v1'), base, {})
  const sing = (name: string, voice: Voice): string => {
    const path = join(folder, `${name}.wav`)
    const writer = createWavWriter(path, { rateHz, channelCount: 1, encoding: 'float32' })
    for (const { samples } of makeSingerClips(voice, 1, rateHz, 3)) writer.write([samples])
    writer.finish()
    return path
  }
  const paths = { Low: sing('low', voices.low), High: sing('high', voices.high) }
  const singer = (name: keyof typeof paths, run: string): LearningSinger => ({
    clips: [{ clipId: name as string as SourceId, fileName: `${name}.wav`, path: paths[name] }], // an id for tests
    name,
    consent: 'a synthesized voice',
    licence: 'CC0',
    workFolder: join(folder, `${run}-${name}`),
    singerPath: join(folder, `${run}-${name}.singer`),
  })
  const request = (run: string): TrainRequest => ({
    ...singer('Low', run),
    beside: [singer('High', run)],
    createdAtMs: 1_700_000_000_000,
    preset: 'quick',
    method: 'automatic',
    plan: { stepCount: 4, checkSteps: 2, patience: 9 },
    size: 'tiny',
    seed: 1,
  })
  return { request, environment: { modelsFolder, enginesFolder: null } }
}

const cardOf = ({ singerPath }: TrainRequest) => {
  const file = readSingerFile(readFileSync(singerPath))
  if (!file.ok) throw new Error(file.failure.message)
  return file.value
}

test('singers learned in one training, killed at random moments, also inside a file, end with the bytes of one left in peace, each their own', async () => {
  const { request, environment } = prepare()
  const peaceful = request('peaceful')
  const { reports } = await trainThrough(peaceful, [], environment)
  const killed = request('killed')
  const random = createRandom(8)
  const deaths = Array.from({ length: KILLS }, () => drawDeath(random, Math.ceil(reports / 2), 12))
  expect((await trainThrough(killed, deaths, environment)).kills).toBe(KILLS)
  expect(deaths.map(({ kind }) => kind)).toContain('while-writing')
  singersOf(peaceful).forEach((singer, index) => {
    expect(differences(traces(singer), traces(singersOf(killed)[index]))).toEqual([])
  })
  expect([...traces(peaceful).keys()]).toEqual(expect.arrayContaining(['training', 'training-enroll', 'checkpoint 4']))

  const [low, high] = singersOf(peaceful).map(cardOf)
  expect([low.card.name, high.card.name]).toEqual(['Low', 'High'])
  expect(low.card.medianHz).toBeLessThan(high.card.medianHz)
  expect(low.model.row).not.toEqual(high.model.row)
  for (const { card, model } of [low, high]) {
    // What was compared stands in the card, and the better of it is what the file holds.
    const { compared = [], method, baseDigest, singerCount } = card.provenance ?? {}
    expect(compared.map((figure) => figure.method)).toEqual(['joint', 'enroll'])
    expect(method).toBe(chooseWay(compared).method)
    expect(baseDigest === null).toBe(method === 'joint')
    expect(singerCount).toBe(method === 'joint' ? 2 : undefined)
    expect(model.parameters.get('singers/table')?.shape ?? [1, config.singer]).toEqual([1, config.singer])
  }
}, 300_000)
