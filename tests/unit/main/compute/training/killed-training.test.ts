import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createWavWriter } from '../../../../../src/main/files/wav-file.ts'
import type { SourceId } from '../../../../../src/shared/base/id.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import type { TrainRequest } from '../../../../../src/shared/contract/compute.ts'
import { makeSingerClips } from '../../../../../src/shared/synthesizer/demo-song.ts'
import { voices } from '../../../../../src/shared/synthesizer/voices.ts'
import { differences, drawDeath, traces, trainThrough } from '../../../../support/killed-training.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const rateHz = 24_000
const KILLS = 3

test('a training that is killed at random moments, also inside a file, ends with the bytes of one left in peace', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'clip.wav')
  const writer = createWavWriter(path, { rateHz, channelCount: 1, encoding: 'float32' })
  for (const { samples } of makeSingerClips(voices.low, 2, rateHz, 3)) writer.write([samples])
  writer.finish()
  const request = (name: string): TrainRequest => ({
    clips: [{ clipId: 'clip' as SourceId, fileName: 'clip.wav', path }], // an id for tests
    name: 'Low',
    consent: 'a synthesized voice',
    licence: 'CC0',
    createdAtMs: 1_700_000_000_000,
    preset: 'quick',
    plan: { stepCount: 12, checkSteps: 4, patience: 9 },
    size: 'tiny',
    seed: 1,
    workFolder: join(folder, name),
    singerPath: join(folder, `${name}.singer`),
  })
  const environment = { modelsFolder: join(folder, 'models'), enginesFolder: null }
  const peaceful = request('peaceful')
  const { reports } = await trainThrough(peaceful, [], environment)
  const killed = request('killed')
  const random = createRandom(20)
  // A life does a few steps before it dies; its files are few.
  const deaths = Array.from({ length: KILLS }, () => drawDeath(random, Math.ceil(reports / 3), 5))
  const { kills } = await trainThrough(killed, deaths, environment)
  expect(kills).toBe(KILLS)
  expect(deaths.map(({ kind }) => kind)).toContain('while-writing')
  expect(differences(traces(peaceful), traces(killed))).toEqual([])
  expect([...traces(killed).keys()]).toEqual(expect.arrayContaining(['singer', 'training', 'checkpoint 12']))
}, 300_000)
