import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ComputePool } from '../../../../src/main/compute/workers/pool.ts'
import { createFarmPool } from '../../../../src/main/farm/farm-pool.ts'
import { silentLogger } from '../../../../src/main/logger.ts'
import type { DomainId } from '../../../../src/shared/base/id.ts'
import { failure, FailureError } from '../../../../src/shared/base/errors.ts'
import type { ComputeTask } from '../../../../src/shared/contract/compute.ts'
import { writeDomainFile } from '../../../../src/shared/formats/domain-file.ts'
import { writeWaveformSinger } from '../../../../src/shared/formats/waveform-singer-file.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyDomain } from '../../../support/tiny-domain.ts'
import { tinyWaveformSinger } from '../../../support/tiny-waveform.ts'

test('what a domain plays is done here, and what a singer sings goes to the farm', async () => {
  const folder = temporaryFolder()
  const [domainPath, singerPath] = [join(folder, 'horn.domain'), join(folder, 'tom.singer')]
  writeFileSync(domainPath, writeDomainFile(tinyDomain('Horn')))
  writeFileSync(singerPath, writeWaveformSinger(tinyWaveformSinger()))
  const here: ComputeTask['kind'][] = []
  const local = {
    run(_role: string, task: ComputeTask) {
      here.push(task.kind)
      return { done: Promise.resolve({ kind: 'cancelled' }), cancel() {}, pause() {}, finish() {} }
    },
  } as unknown as ComputePool // nothing else of it is asked
  const openFarm = () => Promise.reject(new FailureError(failure('queue-unreachable', 'No farm here.')))
  const pool = createFarmPool({ local, openFarm, shippedEmotions: '', logger: silentLogger })
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
