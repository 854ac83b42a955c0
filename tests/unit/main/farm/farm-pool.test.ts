import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ComputePool } from '../../../../src/main/compute/workers/pool.ts'
import { createFarmPool } from '../../../../src/main/farm/farm-pool.ts'
import { silentLogger } from '../../../../src/main/logger.ts'
import type { DomainId } from '../../../../src/shared/base/id.ts'
import { failure, FailureError } from '../../../../src/shared/base/errors.ts'
import type { ComputeTask } from '../../../../src/shared/contract/compute.ts'
import type { WaveformTraining } from '../../../../src/shared/contract/waveform.ts'
import { writeDomainFile } from '../../../../src/shared/formats/domain-file.ts'
import { writeWaveformSinger } from '../../../../src/shared/formats/waveform-singer-file.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyDomain } from '../../../support/tiny-domain.ts'
import { tinyWaveformSinger } from '../../../support/tiny-waveform.ts'

/** A pool whose queue can't be reached, and what it did here. */
function poolWithoutFarm() {
  const here: ComputeTask['kind'][] = []
  const local = {
    run(_role: string, task: ComputeTask) {
      here.push(task.kind)
      return { done: Promise.resolve({ kind: 'cancelled' }), cancel() {}, pause() {}, finish() {} }
    },
  } as unknown as ComputePool // nothing else of it is asked
  const openFarm = () => Promise.reject(new FailureError(failure('queue-unreachable', 'No farm here.')))
  return { pool: createFarmPool({ local, openFarm, shippedEmotions: '', logger: silentLogger }), here }
}

test('what a domain plays is done here, and what a singer sings goes to the farm', async () => {
  const folder = temporaryFolder()
  const [domainPath, singerPath] = [join(folder, 'horn.domain'), join(folder, 'tom.singer')]
  writeFileSync(domainPath, writeDomainFile(tinyDomain('Horn')))
  writeFileSync(singerPath, writeWaveformSinger(tinyWaveformSinger()))
  const { pool, here } = poolWithoutFarm()
  const convert = (path: string) =>
    pool.run('interactive', {
      kind: 'convert',
      request: {
        sourcePath: '',
        sourceStartSamples: 0,
        durationSamples: 1,
        singerPath: path,
        blendedSingerPaths: [],
        performance: defaultPerformance('horn' as DomainId),
        outPath: '',
        renderKey: 'a',
      },
    }).done
  expect(await convert(domainPath)).toEqual({ kind: 'cancelled' })
  expect(here).toEqual(['convert'])
  expect(await convert(singerPath)).toMatchObject({ kind: 'failed', failure: { code: 'queue-unreachable' } })
  expect(here).toEqual(['convert'])
})

test('a singer who is added to a model learns here, where the model lies, and all other trainings go to the farm', async () => {
  const { pool, here } = poolWithoutFarm()
  const singer = { clips: [], name: 'Mira', consent: '', licence: '', workFolder: temporaryFolder(), singerPath: '' }
  const train = (waveform: WaveformTraining) =>
    pool.run('training', {
      kind: 'train',
      request: { ...singer, createdAtMs: 0, preset: 'normal', size: 'fast', waveform, seed: 1 },
    }).done
  expect(await train({ size: 'preview', modelPath: 'tom.singer' })).toEqual({ kind: 'cancelled' })
  expect(here).toEqual(['train'])
  expect(await train({ size: 'preview' })).toMatchObject({ kind: 'failed', failure: { code: 'queue-unreachable' } })
  expect(here).toEqual(['train'])
})
